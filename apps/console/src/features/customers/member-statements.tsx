import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { useOrderColumns } from "../commerce/order-columns.tsx";
import type { OrderRow } from "../commerce/order.ts";
import { ExportButton } from "../platform/export-button.tsx";
import { CouponVoid, couponColours } from "../promotions/coupon-void.tsx";
import { type Coupon, memberRefreshes, type PointsEntry, type StoredValueEntry } from "./member.ts";

const signed = (value: number) => (value > 0 ? `+${value.toLocaleString("en-US")}` : value.toLocaleString("en-US").replace("-", "−"));
const signedFen = (fen: number) => (fen > 0 ? `+${formatFen(fen)}` : formatFen(fen));
const tone = (value: number) => (value > 0 ? "good" : value < 0 ? "bad" : "");

function OrderLink({ orderId }: { orderId?: string | null | undefined }) {
  return orderId ? <Link to="/orders/$orderId" params={{ orderId }}>{orderId}</Link> : "—";
}

export function PointsStatement({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const columns: Column<PointsEntry>[] = [
    { title: t("entry.at"), render: (entry) => clock.instant(entry.at) },
    { title: t("entry.kind"), render: (entry) => t(`pointsEntry.${entry.kind.replace(".", "-")}`, { defaultValue: entry.kind }) },
    { title: t("member.points"), align: "end", render: (entry) => <span className={tone(entry.points)}>{signed(entry.points)}</span> },
    { title: t("entry.balance"), align: "end", render: (entry) => entry.balanceAfter?.toLocaleString("en-US") ?? "—" },
    { title: t("entry.expires"), render: (entry) => clock.day(entry.expiresOn) },
    { title: t("entry.order"), render: (entry) => <OrderLink orderId={entry.orderId} /> },
    { title: t("entry.reason"), isWide: true, render: (entry) => [entry.reason, entry.activeFrom ? t("entry.activeFrom", { on: clock.day(entry.activeFrom) }) : "", entry.withheld ? t("entry.withheld", { points: entry.withheld }) : ""].filter(Boolean).join(" · ") || "—" },
  ];
  return <><p className="statement-tools"><ExportButton kind="points-entries" query={{ memberId }} /></p><DataTable label={t("member.pointsStatement")} path={`/members/${memberId}/points-entries`} columns={columns} rowKey={(entry) => entry.id} emptyTitle={t("member.noPoints")} /></>;
}

export function StoredValueStatement({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const columns: Column<StoredValueEntry>[] = [
    { title: t("entry.at"), render: (entry) => clock.instant(entry.at) },
    { title: t("entry.kind"), render: (entry) => t(`storedValueEntry.${entry.kind}`, { defaultValue: entry.kind }) },
    { title: t("member.principal"), align: "end", render: (entry) => <span className={tone(entry.principalFen)}>{signedFen(entry.principalFen)}</span> },
    { title: t("member.bonus"), align: "end", render: (entry) => <span className={tone(entry.bonusFen)}>{signedFen(entry.bonusFen)}</span> },
    { title: t("entry.balance"), align: "end", render: (entry) => (typeof entry.balanceAfterFen === "number" ? formatFen(entry.balanceAfterFen) : "—") },
    { title: t("entry.order"), render: (entry) => <OrderLink orderId={entry.orderId} /> },
  ];
  return <><p className="statement-tools"><ExportButton kind="stored-value-entries" query={{ memberId }} /></p><DataTable label={t("member.storedValueStatement")} path={`/members/${memberId}/stored-value-entries`} columns={columns} rowKey={(entry) => entry.id} emptyTitle={t("member.noStoredValue")} /></>;
}

export function CouponList({ memberId }: { memberId: string }) {
  const { t, i18n } = useTranslation();
  const clock = useClock();
  const columns: Column<Coupon>[] = [
    { title: t("coupon.name"), isWide: true, render: (coupon) => <>{coupon.name}<div className="soft">{i18n.language === "en" ? coupon.sentenceEn : coupon.sentence}</div></> },
    { title: t("coupon.state"), render: (coupon) => <><Tag color={couponColours[coupon.state]}>{t(`couponState.${coupon.state}`)}</Tag>{coupon.state === "usable" && !coupon.isUsable ? <span className="soft">{coupon.reasons.map((reason) => t(`reason.${reason.code}`, { defaultValue: reason.message })).join(t("rule.listComma"))}</span> : null}</> },
    { title: t("coupon.code"), render: (coupon) => <code>{coupon.code}</code> },
    { title: t("coupon.until"), render: (coupon) => clock.day(coupon.validUntil) },
    { title: "", render: (coupon) => <CouponVoid coupon={coupon} refreshes={memberRefreshes(memberId)} /> },
  ];
  return <DataTable label={t("member.coupons")} path={`/members/${memberId}/coupons`} columns={columns} rowKey={(coupon) => coupon.id} emptyTitle={t("member.noCoupons")} />;
}

export function OrderStatement({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const columns = useOrderColumns().filter((column) => column.title !== t("order.member"));
  const [{ sort }] = useFilters();
  return <DataTable<OrderRow> label={t("menu.orders")} path="/orders" query={{ memberId, sort }} columns={columns} rowKey={(order) => order.id} emptyTitle={t("order.none")} />;
}
