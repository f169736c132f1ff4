import type { BrandTier } from '../../api/brand.ts';
import type { Member } from '../../api/member.ts';

/**
 * How far the bar stands. With the tier's thresholds published the share is exact; without them it shows
 * the spend so far against the spend that the next tier needs.
 */
export function tierProgress(member: Member, tiers: BrandTier[]): { share: number } {
  const next = member.tier?.next;
  if (!next) return { share: member.tier ? 1 : 0 };
  const target = tiers.find((tier) => tier.name === next.name);
  const shares = [
    shareOf(next.missing.spendFen, target?.spendFen ?? spendTarget(member)),
    shareOf(next.missing.visits, target?.visits ?? visitTarget(member)),
  ].filter((share): share is number => share !== null);
  if (shares.length === 0) return { share: 0 };
  return { share: target?.condition === 'all' ? Math.min(...shares) : Math.max(...shares) };
}

function shareOf(missing: number | undefined, target: number): number | null {
  if (missing === undefined || target <= 0) return null;
  return Math.min(1, Math.max(0.02, 1 - missing / target));
}

function spendTarget(member: Member): number {
  return Math.max(0, member.facts.netFen - member.facts.refundedFen) + (member.tier?.next?.missing.spendFen ?? 0);
}

function visitTarget(member: Member): number {
  return member.facts.orders + (member.tier?.next?.missing.visits ?? 0);
}
