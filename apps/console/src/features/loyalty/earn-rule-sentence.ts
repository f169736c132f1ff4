import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../design/money.ts";
import { useSession } from "../../shell/session.ts";
import type { EarnRule } from "./points-program.ts";
import { tiersQuery } from "./tier.ts";

/** The rule as people would say it: "周二，金卡会员，积分 2 倍；每人每天最多 500". */
export function useEarnRuleSentence() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const comma = t("earnRule.comma");
  const count = (value: number) => value.toLocaleString("en-US");
  const whenOf = (rule: Partial<EarnRule>) => [
    rule.from || rule.until ? `${rule.from ?? "…"} – ${rule.until ?? "…"}` : "",
    rule.weekdays?.length ? rule.weekdays.map((day) => t(`weekday.${day}`)).join(t("rule.listComma")) : "",
    rule.birthday ? t(`earnRule.birthdays.${rule.birthday}`) : "",
    rule.storeIds?.length ? stores.filter((store) => rule.storeIds?.includes(store.id)).map((store) => store.name).join(t("rule.listComma")) : "",
    rule.tierIds?.length ? t("earnRule.ofTier", { names: tiers.filter((tier) => rule.tierIds?.includes(tier.id)).map((tier) => tier.name).join(t("rule.listComma")) }) : "",
    rule.firstOrder ? t("earnRule.firstOrder") : "",
    rule.sources?.some((one) => one !== "order") ? rule.sources.map((one) => t(`earnRule.source.${one}`)).join(t("rule.listComma")) : "",
    [...(rule.categories ?? []), ...(rule.skus ?? [])].join(t("rule.listComma")),
    rule.minNetFen ? t("earnRule.atLeast", { amount: formatFen(rule.minNetFen) }) : "",
  ];
  const whatOf = (rule: Partial<EarnRule>) => [
    typeof rule.multiplierPercent === "number" ? t("earnRule.times", { times: rule.multiplierPercent / 100 }) : "",
    rule.bonusPoints ? t("earnRule.bonus", { points: count(rule.bonusPoints) }) : "",
    rule.unitPoints ? t("earnRule.unit", { points: count(rule.unitPoints) }) : "",
    rule.rate?.points && rule.rate.perFen ? t("earnRule.rateOf", { amount: formatFen(rule.rate.perFen), points: count(rule.rate.points) }) : "",
    rule.growth ? t("earnRule.growthOf", { growth: count(rule.growth) }) : "",
  ];
  const capsOf = (rule: Partial<EarnRule>) => [
    rule.maxPerOrder ? t("earnRule.capOrder", { points: count(rule.maxPerOrder) }) : "",
    rule.maxPerDay ? t("earnRule.capDay", { points: count(rule.maxPerDay) }) : "",
    rule.maxPerMember ? t("earnRule.capMember", { points: count(rule.maxPerMember) }) : "",
    rule.budget ? t("earnRule.capBudget", { points: count(rule.budget) }) : "",
    rule.group ? t("earnRule.inGroup", { group: rule.group }) : "",
    rule.isLast ? t("earnRule.lastShort") : "",
  ];
  return (rule: Partial<EarnRule>) => {
    const [when, what, caps] = [whenOf(rule), whatOf(rule), capsOf(rule)].map((parts) => (parts ?? []).filter(Boolean).join(comma));
    return [[when, what || t("earnRule.nothing")].filter(Boolean).join(comma), caps].filter(Boolean).join(t("earnRule.semicolon"));
  };
}
