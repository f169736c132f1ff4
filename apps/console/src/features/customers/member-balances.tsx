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
  const count = (value: number) => value.toLocaleString("en-US");
  const pointsNote = [
    points.pending ? t("member.pending", { points: count(points.pending) }) + (points.activating ? t("member.activating", { on: clock.day(points.activating.on) }) : "") : "",
    points.frozen ? t("member.frozen", { points: count(points.frozen) }) : "",
    points.owed ? t("member.owed", { points: count(points.owed) }) : "",
    points.expiringSoon ? t("member.expiringSoon", { points: count(points.expiringSoon.points), on: clock.day(points.expiringSoon.on) })
      : points.expiring ? t("member.expiring", { points: count(points.expiring.points), on: clock.day(points.expiring.on) }) : "",
  ].filter(Boolean);
  return (
    <div className="tiles">
      <div className="panel">
        <p className="tile-label">{t("member.points")}</p>
        <p className="tile-value">{count(points.active)}</p>
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
        <TierProgress tier={member.tier} />
      </div>
    </div>
  );
}

function TierProgress({ tier }: { tier: MemberTier | null }) {
  const { t } = useTranslation();
  const clock = useClock();
  const words = useMissingWords();
  if (!tier) return <p className="tile-value">—</p>;
  const { next, projected, counted } = tier;
  const shares = (["spendFen", "visits", "growth"] as const).flatMap((way) => (next?.missing[way] === undefined ? [] : [share(counted[way], next.missing[way] ?? 0)]));
  const percent = shares.length === 0 ? 100 : next?.condition === "all" ? Math.min(...shares) : Math.max(...shares);
  return (
    <>
      <p className="tile-value">{tier.name}{tier.isGranted ? <span className="soft"> · {t("member.granted")}</span> : null}</p>
      <Progress percent={percent} showInfo={false} size="small" strokeColor="var(--brand)" aria-label={t("member.tierProgress")} />
      <p className="tile-note">
        {next ? t("member.toNext", { distance: words(next.missing, next.condition), name: next.name }) : t("member.topTier")}
        {tier.until ? ` · ${t("member.until", { on: clock.lastDay(tier.until) })}` : ""}
      </p>
      {projected && !projected.isKept ? (
        <p className="tile-note bad">{t("member.projected", { name: projected.name ?? "—", on: clock.day(projected.on), distance: words(projected.missing, "any") })}</p>
      ) : null}
    </>
  );
}

function useMissingWords() {
  const { t } = useTranslation();
  return (missing: { spendFen?: number; visits?: number; growth?: number }, condition: "any" | "all") => [
    missing.spendFen ? formatFen(missing.spendFen) : "",
    missing.visits ? t("member.visits", { count: missing.visits }) : "",
    missing.growth ? t("member.growthLeft", { growth: missing.growth.toLocaleString("en-US") }) : "",
  ].filter(Boolean).join(condition === "all" ? " + " : " / ");
}

function share(done: number, missing: number): number {
  const total = Math.max(done, 0) + missing;
  return total === 0 ? 0 : Math.floor((Math.max(done, 0) * 100) / total);
}
