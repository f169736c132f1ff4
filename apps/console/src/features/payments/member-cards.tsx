import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Modal, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { formatFen } from "../../design/money.ts";
import { Panel } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { CounterSale } from "./counter-sale.tsx";
import { type Card, cardsQuery, type CardUse, prepaidRefreshes, productsQuery } from "./prepaid.ts";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";

/** A member's count cards and period cards: sold, redeemed, paused and given back here. */
export function MemberCards({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const cards = useQuery(cardsQuery(memberId));
  const [isSelling, setSelling] = useState(false);
  if (cards.isError) return <FailureState error={cards.error} onRetry={() => void cards.refetch()} />;
  if (!cards.data) return <LoadingState />;
  return (
    <Panel title={t("memberCard.title")} extra={can("stored-value.top-up") ? <Button size="small" type="primary" onClick={() => setSelling(true)}>{t("memberCard.sell")}</Button> : null}>
      {cards.data.items.length === 0 ? <EmptyState title={t("memberCard.none")} text={t("memberCard.noneText")} /> : null}
      <div className="card-grid">{cards.data.items.map((card) => <CardTile key={card.id} card={card} memberId={memberId} />)}</div>
      <Sale memberId={memberId} isOpen={isSelling} onClose={() => setSelling(false)} />
    </Panel>
  );
}

const colours = { waiting: "warning", active: "success", paused: "processing", ended: "default", refunded: "default", cancelled: "default" } as const;

function CardTile({ card, memberId }: { card: Card; memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const [open, setOpen] = useState<"use" | "uses" | "refund" | null>(null);
  const turning = useAction<string, Card>({ run: (verb, key) => api.post(`/cards/${card.id}:${verb}`, {}, key), refreshes: prepaidRefreshes(memberId) });
  const isAlive = card.state === "active" || card.state === "paused";
  const mayChange = can("stored-value.withdraw");
  return (
    <section className="panel card-tile" aria-label={card.name}>
      <div className="card-tile-head"><h3>{card.name}</h3><Tag color={colours[card.state]}>{t(`memberCard.states.${card.state}`)}</Tag></div>
      <p><span className="card-tile-left num">{card.left}</span> <span className="soft">{t(card.kind === "count" ? "memberCard.usesOf" : "memberCard.daysOf", { units: card.units })}</span></p>
      <p className="soft">
        {card.serves} · {t("memberCard.earned", { earned: formatFen(card.recognisedFen), price: formatFen(card.priceFen) })}
        {card.endsOn ? ` · ${t("memberCard.until", { on: clock.day(card.endsOn) })}` : ""}
      </p>
      {card.renewal && card.renewal.state !== "ended" ? (
        <p className="soft">
          {card.renewal.state === "signing" ? t("memberCard.signing") : t("memberCard.renews", { on: clock.day(card.renewal.nextTryOn ?? card.renewal.dueOn ?? "") })}
          {card.renewal.lastError ? <> <Tag color="error">{t("memberCard.tries", { count: card.renewal.attempts })}</Tag></> : null}
        </p>
      ) : null}
      <ProblemAlert error={turning.error} />
      <div className="row">
        {card.kind === "count" && card.state === "active" && can("till.use") ? <Button size="small" type="primary" onClick={() => setOpen("use")}>{t("memberCard.use")}</Button> : null}
        {card.kind === "count" ? <Button size="small" onClick={() => setOpen("uses")}>{t("memberCard.uses")}</Button> : null}
        {card.kind === "period" && card.state === "active" && mayChange ? <Button size="small" loading={turning.isPending} onClick={() => turning.mutate("pause")}>{t("memberCard.pause")}</Button> : null}
        {card.state === "paused" && mayChange ? <Button size="small" loading={turning.isPending} onClick={() => turning.mutate("resume")}>{t("memberCard.resume")}</Button> : null}
        {card.renewal && card.renewal.state !== "ended" && mayChange ? <Button size="small" onClick={() => turning.mutate("end-renewal")}>{t("memberCard.endRenewal")}</Button> : null}
        {isAlive && mayChange ? <Button size="small" danger onClick={() => setOpen("refund")}>{t("memberCard.refund")}</Button> : null}
      </div>
      <UseDialog card={card} memberId={memberId} isOpen={open === "use"} onClose={() => setOpen(null)} />
      <Modal title={t("memberCard.uses")} open={open === "uses"} onCancel={() => setOpen(null)} footer={null} destroyOnHidden width={640}><Uses card={card} memberId={memberId} /></Modal>
      <WithdrawalDialog memberId={memberId} isOpen={open === "refund"} onClose={() => setOpen(null)} title={`${t("memberCard.refund")} · ${card.name}`} quotePath={`/cards/${card.id}:quote-refund`} path={`/cards/${card.id}:refund`} />
    </section>
  );
}

function UseDialog({ card, memberId, isOpen, onClose }: { card: Card; memberId: string; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { store, stores } = useStoreChoice();
  const [uses, setUses] = useState<number | null>(1);
  const using = useAction<{ uses: number; storeId: string }, { card: Card }>({
    run: (body, key) => api.post(`/cards/${card.id}:use`, body, key),
    refreshes: [...prepaidRefreshes(memberId), [`/cards/${card.id}/uses`]],
    onDone: (done) => {
      void message.success(t("memberCard.used", { left: done.card.left }));
      onClose();
    },
  });
  const storeId = store?.id ?? stores[0]?.id;
  const go = () => (uses && storeId ? using.mutate({ uses, storeId }) : undefined);
  return (
    <Modal title={`${t("memberCard.use")} · ${card.name}`} open={isOpen} onCancel={onClose} okText={t("memberCard.use")} cancelText={t("action.cancel")} okButtonProps={{ loading: using.isPending, disabled: !uses || !storeId }} onOk={go} destroyOnHidden>
      <div className="stack-tight">
        <p className="soft">{card.serves}</p>
        <InputNumber autoFocus min={1} max={Math.min(card.left, 100)} precision={0} value={uses} onChange={setUses} aria-label={t("memberCard.use")} suffix={t("memberCard.times")} onPressEnter={go} />
        <ProblemAlert error={using.error} />
      </div>
    </Modal>
  );
}

function Uses({ card, memberId }: { card: Card; memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const askReason = useReason();
  const undoing = useAction<{ useId: string; reason: string }, unknown>({ run: (body, key) => api.post(`/cards/${card.id}:undo-use`, body, key), refreshes: [...prepaidRefreshes(memberId), [`/cards/${card.id}/uses`]] });
  const columns: Column<CardUse>[] = [
    { title: t("entry.at"), render: (use) => clock.instant(use.at) },
    { title: t("memberCard.use"), align: "end", render: (use) => (use.undoOf ? t("memberCard.undone", { count: -use.uses }) : use.uses) },
    { title: t("memberCard.value"), align: "end", render: (use) => formatFen(use.recognisedFen) },
    { title: t("entry.reason"), isWide: true, render: (use) => use.note ?? "—" },
    {
      title: "",
      render: (use) => use.undoOf || use.isUndone || !can("orders.refund") ? (use.isUndone ? <Tag>{t("memberCard.isUndone")}</Tag> : null)
        : <Button size="small" onClick={() => askReason({ title: t("memberCard.undo"), run: (reason) => undoing.mutateAsync({ useId: use.id, reason }) })}>{t("memberCard.undo")}</Button>,
    },
  ];
  return <DataTable<CardUse> label={t("memberCard.uses")} path={`/cards/${card.id}/uses`} columns={columns} rowKey={(use) => use.id} emptyTitle={t("memberCard.noUses")} />;
}

function Sale({ memberId, isOpen, onClose }: { memberId: string; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const products = useQuery({ ...productsQuery, enabled: isOpen });
  return (
    <CounterSale
      title={t("memberCard.sell")} submitLabel={t("memberCard.sell")} doneText={t("memberCard.sold")} path={`/members/${memberId}/cards`}
      refreshes={prepaidRefreshes(memberId)} isOpen={isOpen} onClose={onClose}
    >
      <Form.Item name="productId" label={t("cardProduct.name")} rules={[{ required: true, message: t("form.required") }]}>
        <Select placeholder={t("memberCard.choose")} options={(products.data?.items ?? []).filter((one) => one.isActive).map((one) => ({ value: one.id, label: `${one.name} · ${formatFen(one.priceFen)}` }))} />
      </Form.Item>
    </CounterSale>
  );
}
