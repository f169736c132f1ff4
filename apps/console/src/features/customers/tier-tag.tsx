/** Rank as a quiet ladder of warmth: the higher, the fuller the colour. */
export function TierTag({ tier }: { tier: { name: string; rank: number } | null }) {
  if (!tier) return <span className="soft">—</span>;
  return <span className={`tier tier-${Math.min(Math.max(tier.rank, 0), 4)}`}>{tier.name}</span>;
}
