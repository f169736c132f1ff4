import { PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { useJoined } from "../../design/joined.ts";
import { formatFen } from "../../design/money.ts";
import { Fact, Facts, PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreName } from "../../shell/store-choice.ts";
import { NounCustom } from "../objects/noun-custom.tsx";
import { type Order, type OrderLine, orderQuery } from "./order.ts";
import { Thread } from "../platform/thread.tsx";
import { OrderStatus } from "./order-columns.tsx";
import { RefundDrawer } from "./refund-drawer.tsx";

export function OrderPage() {
  const { orderId } = useParams({ strict: false }) as { orderId: string };
  const order = useQuery(orderQuery(orderId));
  if (order.isError) return <FailureState error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) return <LoadingState rows={12} />;
  return <OrderView order={order.data} />;
}

function OrderView({ order }: { order: Order }) {
  const { t } = useTranslation();
  const clock = useClock();
  const joined = useJoined();
  const storeName = useStoreName();
  const can = useCan();
  const [isRefunding, setRefunding] = useState(false);
  const canRefund = can("orders.refund") && order.status !== "refunded";
  return (
    <PageFrame
      title={t("order.title", { no: order.orderNo ?? order.id })}
      lead={<span className="row"><OrderStatus status={order.status} />{clock.instant(order.paidAt)}</span>}
      actions={
        <>
          <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>{t("action.print")}</Button>
          {canRefund ? <Button danger type="primary" onClick={() => setRefunding(true)}>{t("order.refund")}</Button> : null}
        </>
      }
    >
      {order.waitingRefunds?.map((one) => (
        <Alert key={one.requestId} type="warning" showIcon title={t("refund.waiting", { names: joined(one.deciders), at: clock.instant(one.askedAt) })} action={<Link to="/approvals" search={{ tab: "asked", id: one.requestId } as never}>{t("approval.open")}</Link>} />
      ))}
      <Panel>
        <Facts>
          <Fact label={t("shell.store")}>{storeName(order.storeId)}</Fact>
          <Fact label={t("order.channel")}>{t(`channel.${order.channel}`, { defaultValue: order.channel })}</Fact>
          <Fact label={t("order.member")}>
            {order.memberId ? <Link to="/members/$memberId" params={{ memberId: order.memberId }}>{order.memberName || t("member.nameless")}</Link> : t("order.guest")}
          </Fact>
          <Fact label={t("order.cashier")}>{order.cashierName ?? (order.cashier.startsWith("key:") ? t("member.via.api") : "—")}</Fact>
          <Fact label={t("order.pointsEarned")}>{order.pointsEarned.toLocaleString("en-US")}</Fact>
          <Fact label={t("order.pointsSpent")}>{order.pointsSpent.toLocaleString("en-US")}</Fact>
        </Facts>
      </Panel>
      <NounCustom noun="order" values={order.custom ?? {}} references={order.customReferences} path={`/orders/${encodeURIComponent(order.id)}`} refreshes={[["orders", order.id], ["/orders"]]} canWrite={can("orders.write")} />
      <OrderLines order={order} />
      <div className="columns">
        <OrderEffects order={order} />
        <OrderTenders order={order} />
      </div>
      <OrderReturns order={order} />
      <Panel className="no-print" title={t("thread.title")}><Thread subject={{ kind: "order", id: order.id }} /></Panel>
      <RefundDrawer order={order} isOpen={isRefunding} onClose={() => setRefunding(false)} />
    </PageFrame>
  );
}

/** The order remembers a reference: "staff:<id>", "key:<id>". A name is known for oneself only. */
function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation();
  const columns: Column<OrderLine>[] = [
    { title: t("order.item"), isWide: true, render: (line) => <>{line.name} <span className="soft">{line.sku}</span></> },
    { title: t("order.price"), align: "end", render: (line) => formatFen(line.unitPriceFen) },
    { title: t("order.quantity"), align: "end", render: (line) => <>{line.quantity}{line.returnedQuantity ? <span className="bad"> (−{line.returnedQuantity})</span> : null}</> },
    { title: t("order.gross"), align: "end", render: (line) => formatFen(line.grossFen) },
    { title: t("order.discount"), align: "end", render: (line) => (line.discountFen ? formatFen(-line.discountFen) : "—") },
    { title: t("order.net"), align: "end", render: (line) => formatFen(line.netFen) },
    { title: t("member.points"), align: "end", render: (line) => line.pointsEarned },
  ];
  return (
    <Panel title={t("order.items")}>
      <RowTable label={t("order.items")} columns={columns} rows={order.lines} rowKey={(line) => line.lineId} />
    </Panel>
  );
}

function OrderEffects({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("order.sums")}>
      <ul className="sums">
        <li><span>{t("order.gross")}</span><span>{formatFen(order.grossFen)}</span></li>
        {order.effects.map((effect, index) => <li key={index} className="good"><span>{effect.name}</span><span>{formatFen(-effect.amountFen)}</span></li>)}
        {order.feesFen ? <li><span>{t("order.fees")}</span><span>{formatFen(order.feesFen)}</span></li> : null}
        <li className="sums-total"><span>{t("order.paid")}</span><span>{formatFen(order.netFen + (order.feesFen ?? 0))}</span></li>
        {order.refundedFen ? <li className="bad"><span>{t("order.refunded")}</span><span>{formatFen(-order.refundedFen)}</span></li> : null}
      </ul>
    </Panel>
  );
}

function OrderTenders({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("order.tenders")}>
      <ul className="sums">
        {order.tenders.map((tender) => (
          <li key={tender.no}>
            <span>{t(`tender.${tender.kind}`, { defaultValue: tender.kind })}{tender.points ? ` · ${t("till.pointsCount", { points: tender.points })}` : ""}</span>
            <span>{formatFen(tender.amountFen)}{tender.refundedFen ? <span className="bad"> {formatFen(-tender.refundedFen)}</span> : null}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OrderReturns({ order }: { order: Order }) {
  const { t } = useTranslation();
  const clock = useClock();
  if (order.returns.length === 0) return null;
  const nameOf = (lineId: string) => order.lines.find((line) => line.lineId === lineId)?.name ?? lineId;
  return (
    <Panel title={t("order.returns")}>
      <ol className="timeline">
        {order.returns.map((one) => (
          <li key={one.id}>
            <time dateTime={one.at}>{clock.instant(one.at)}</time>
            <strong className="bad">{formatFen(-one.amountFen)}</strong> {one.reason ?? ""}
            <div className="soft">{one.lines.map((line) => `${nameOf(line.lineId)} × ${line.quantity}`).join(t("rule.listComma"))}</div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
