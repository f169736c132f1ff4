import { useTranslation } from "react-i18next";
import { formatFen } from "../../design/money.ts";
import type { Tier, TierProgram } from "./tier.ts";

type Conditions = Pick<Tier, "spendFen" | "visits" | "growth" | "condition">;

/** "12 个月内 消费满 ¥1,000 或 到店 10 次". */
export function TierSentence({ tier, program }: { tier: Conditions; program: Pick<TierProgram, "windowKind" | "windowMonths"> | undefined }) {
  const { t } = useTranslation();
  const ways = [
    tier.spendFen ? t("tier.bySpend", { amount: formatFen(tier.spendFen) }) : "",
    tier.visits ? t("tier.byVisits", { count: tier.visits }) : "",
    tier.growth ? t("tier.byGrowth", { growth: tier.growth.toLocaleString("en-US") }) : "",
  ].filter(Boolean);
  if (ways.length === 0) return t("tier.atOnce");
  const window = !program ? "" : program.windowKind === "rolling" ? t("tier.window", { count: program.windowMonths }) : t(`tierProgram.within.${program.windowKind}`);
  return `${window} ${ways.join(t(tier.condition === "any" ? "tier.or" : "tier.and"))}`;
}
