import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { formatFen } from "../../design/money.ts";
import type { Member, MemberTier } from "./member.ts";

/** The four figures a guest asks about, each with the one fact that explains it. */
export function MemberBalances({ member }: { member: Member }) {
  const { t } = useTranslation();
  const clock = useClock();
  const { points, storedValue, facts } = member;
  const pointsNote = [
    points.pending ? t("member.pending", { points: points.pending }) : "",
    points.frozen ? t("member.frozen", { points: points.frozen }) : "",
    points.owed ? t("member.owed", { points: points.owed }) : "",
    points.expiring ? t("member.expiring", { points: points.expiring.points, on: clock.day(points.expiring.on) }) : "",
  ].filter(Boolean);
  return (
    <div className="tiles">
      <div className="panel">
        <p className="tile-label">{t("member.points")}</p>
        <p className="tile-value">{points.active.toLocaleString("en-US")}</p>
        <p className="tile-note">{pointsNote.join(" · ") || t("member.noPending")}</p>
      </div>
      <div className="panel">
        <p className="tile-label">{t("member.storedValue")}</p>
        <p className="tile-value">{formatFen(storedValue.principalFen + storedValue.bonusFen)}</p>
        <p className="tile-note">{t("member.split", { principal: formatFen(storedValue.principalFen), bonus: formatFen(storedValue.bonusFen) })}</p>
      </div>
      <div className="panel">
        <p className="tile-label">{t("member.couponsUsable")}</p>
        <p className="tile-value">{member.couponsUsable}</p>
        <p className="tile-note">{t("member.ordersNote", { count: facts.orders, net: formatFen(facts.netFen) })}</p>
      </div>
      <div className="panel">
        <p className="tile-label">{t("member.tier")}</p>
        <TierProgress tier={member.tier} spentFen={facts.netFen - facts.refundedFen} visits={facts.orders} />
      </div>
    </div>
  );
}

function TierProgress({ tier, spentFen, visits }: { tier: MemberTier | null; spentFen: number; visits: number }) {
  const { t } = useTranslation();
  const clock = useClock();
  if (!tier) return <p className="tile-value">—</p>;
  const missing = tier.next?.missing;
  const percent = missing?.spendFen ? share(spentFen, missing.spendFen) : missing?.visits ? share(visits, missing.visits) : 100;
  const distance = [
    missing?.spendFen ? formatFen(missing.spendFen) : "",
    missing?.visits ? t("member.visits", { count: missing.visits }) : "",
  ].filter(Boolean);
  return (
    <>
      <p className="tile-value">{tier.name}</p>
      <Progress percent={percent} showInfo={false} size="small" strokeColor="var(--brand)" aria-label={t("member.tierProgress")} />
      <p className="tile-note">
        {tier.next ? t("member.toNext", { distance: distance.join(" / "), name: tier.next.name }) : t("member.topTier")}
        {tier.until ? ` · ${t("member.until", { on: clock.day(tier.until) })}` : ""}
      </p>
    </>
  );
}

function share(done: number, missing: number): number {
  const total = Math.max(done, 0) + missing;
  return total === 0 ? 0 : Math.floor((Math.max(done, 0) * 100) / total);
}
