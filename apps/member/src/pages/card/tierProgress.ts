import type { Member } from '../../api/member.ts';

/** How far the bar stands: of several ways to the next tier the nearest, or the farthest where all are asked for. */
export function tierProgress(member: Member): { share: number } {
  const next = member.tier?.next;
  if (!next) return { share: member.tier ? 1 : 0 };
  const counted = member.tier?.counted;
  const shares = (['spendFen', 'visits', 'growth'] as const).flatMap((way) => {
    const missing = next.missing[way];
    const total = (missing ?? 0) + Math.max(0, counted?.[way] ?? 0);
    return missing === undefined || total <= 0 ? [] : [Math.min(1, Math.max(0.02, 1 - missing / total))];
  });
  if (shares.length === 0) return { share: 0 };
  return { share: next.condition === 'all' ? Math.min(...shares) : Math.max(...shares) };
}
