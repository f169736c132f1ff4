import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { LifeStageTag } from "./life-stage-tag.tsx";
import type { LifeStageChange } from "./lifecycle.ts";

/** How a member went from stage to stage, why, and what that brought. */
export function LifeStageHistory({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const columns: Column<LifeStageChange>[] = [
    { title: t("entry.at"), render: (change) => clock.instant(change.at) },
    { title: t("lifecycle.move"), render: (change) => <span className="life-move"><LifeStageTag stage={change.from ?? "potential"} /> → <LifeStageTag stage={change.to} /></span> },
    { title: t("lifecycle.reason"), render: (change) => t(`lifecycle.reasons.${change.reason}`, { defaultValue: change.reason }) },
    { title: t("lifecycle.given"), render: (change) => change.given.map((gift) => t(`lifecycle.gifts.${gift}`)).join(t("rule.listComma")) || "—" },
  ];
  return <DataTable label={t("lifecycle.stage")} path={`/members/${memberId}/life-stages`} columns={columns} rowKey={(change) => change.at + change.to} emptyTitle={t("lifecycle.none")} empty={t("lifecycle.noneText")} />;
}
