import "./mall.css";
import { Link } from "@tanstack/react-router";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { formatFen } from "../../design/money.ts";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { useCan } from "../../shell/session.ts";
import { ItemCell, usePrice } from "./item-cell.tsx";
import { type Redemption, redemptionStates, stateColours } from "./mall.ts";

export function RedemptionPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const price = usePrice();
  const [{ state }] = useFilters();
  const take = useTakeBack();
  const columns: Column<Redemption>[] = [
    { title: t("mall.name"), render: (one) => <ItemCell item={one} /> },
    { title: t("redemption.member"), render: (one) => <Link to="/members/$memberId" params={{ memberId: one.memberId } as never}>{one.memberName || one.memberNo}</Link> },
    { title: t("mall.price"), align: "end", render: (one) => price(one) },
    { title: t("redemption.at"), render: (one) => clock.instant(one.createdAt) },
    { title: t("mall.state"), render: (one) => <Tag color={stateColours[one.state]}>{t(`redemption.states.${one.state}`)}</Tag> },
    { title: t("redemption.fate"), render: (one) => fate(one) },
    { title: "", render: (one) => (take && canEnd(one) ? <Button size="small" danger onClick={() => take(one)}>{t(one.state === "done" ? "redemption.refund" : "redemption.cancel")}</Button> : null) },
  ];
  const fate = (one: Redemption) => {
    if (one.handedAt) return t("redemption.handed", { at: clock.instant(one.handedAt), store: one.storeName ?? "", by: one.handedBy ?? "" });
    if (one.state === "ready") return t("redemption.until", { day: clock.day(one.pickupUntil) });
    return one.endReason ? t(`redemption.reasons.${one.endReason}`, { defaultValue: one.endReason }) : "—";
  };
  return (
    <PageFrame title={t("menu.redemptions")} lead={t("redemption.lead")}>
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("mall.state"), options: redemptionStates.map((one) => ({ value: one, label: t(`redemption.states.${one}`) })) }]} />
      <DataTable<Redemption> label={t("menu.redemptions")} path="/redemptions" query={{ state }} columns={columns} rowKey={(one) => one.id} emptyTitle={t("redemption.none")} empty={t("redemption.noneText")} />
    </PageFrame>
  );
}

const canEnd = (one: Redemption): boolean => one.state === "waiting" || one.state === "ready" || (one.state === "done" && (one.kind === "dish" || one.kind === "goods"));

/** Points and cash go back, for a reason; what was handed out comes back into the stock. */
function useTakeBack() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const ask = useReason();
  const cancel = useAction<{ id: string; reason: string }, unknown>({
    run: ({ id, reason }, key) => api.post(`/redemptions/${id}:cancel`, { reason }, key), refreshes: [["/redemptions"], ["/mall-items"]], onDone: () => message.success(t("redemption.ended")),
  });
  if (!can("points.adjust")) return null;
  return (one: Redemption) => ask({ title: t("redemption.cancelTitle", { name: one.name }), text: one.paidBy ? t("redemption.cancelAtCounter", { amount: formatFen(one.cashFen) }) : t("redemption.cancelText"), run: (reason) => cancel.mutateAsync({ id: one.id, reason }) });
}
