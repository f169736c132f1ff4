import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import type { Column } from "../../design/data-table.tsx";
import { formatFen } from "../../design/money.ts";
import { useStoreName } from "../../shell/store-choice.ts";
import { useCustomColumns } from "../objects/noun-custom.tsx";
import type { OrderRow } from "./order.ts";

const statusColours = { paid: "success", "partially-refunded": "warning", refunded: "default" } as const;

export function OrderStatus({ status }: { status: OrderRow["status"] }) {
  const { t } = useTranslation();
  return <Tag color={statusColours[status] ?? "default"}>{t(`orderStatus.${status}`, { defaultValue: status })}</Tag>;
}

export function useOrderColumns(): Column<OrderRow>[] {
  const { t } = useTranslation();
  const clock = useClock();
  const storeName = useStoreName();
  const custom = useCustomColumns<OrderRow>("order");
  return [
    { title: t("order.no"), render: (order) => <Link to="/orders/$orderId" params={{ orderId: order.id }}>{order.orderNo ?? order.id}</Link> },
    { title: t("order.paidAt"), render: (order) => clock.instant(order.paidAt) },
    { title: t("shell.store"), render: (order) => storeName(order.storeId) },
    { title: t("order.channel"), render: (order) => t(`channel.${order.channel}`, { defaultValue: order.channel }) },
    {
      title: t("order.member"),
      render: (order) => (order.memberId ? <Link to="/members/$memberId" params={{ memberId: order.memberId }}>{order.memberName || t("member.nameless")}</Link> : <span className="soft">{t("order.guest")}</span>),
    },
    { title: t("order.net"), align: "end", render: (order) => formatFen(order.netFen) },
    { title: t("order.refunded"), align: "end", render: (order) => (order.refundedFen ? <span className="bad">{formatFen(-order.refundedFen)}</span> : "—") },
    ...custom,
    { title: t("order.status"), render: (order) => <OrderStatus status={order.status} /> },
  ];
}
