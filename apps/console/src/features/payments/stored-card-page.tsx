import { PlusOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Radio, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { DayInput } from "../../design/day-input.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import type { StoredCard } from "./prepaid.ts";

const colours = { active: "success", lost: "error", replaced: "default", bound: "processing" } as const;

/** Printed cards: found by their number, sold without a name, lengthened after their end. */
export function StoredCardPage() {
  const { t } = useTranslation();
  const [filters] = useFilters();
  const [isSelling, setSelling] = useState(false);
  const cardNo = filters["cardNo"]?.trim() ?? "";
  const found = useQuery({ queryKey: ["stored-cards", cardNo], queryFn: () => api.get<Page<StoredCard>>("/stored-cards", { cardNo }), enabled: cardNo !== "" });
  return (
    <PageFrame title={t("menu.storedCards")} lead={t("storedCard.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setSelling(true)}>{t("storedCard.sell")}</Button>}>
      <FilterBar filters={[{ kind: "search", name: "cardNo", label: t("storedCard.number") }]} />
      {cardNo === "" ? <div className="panel"><EmptyState title={t("storedCard.search")} text={t("storedCard.searchText")} /></div> : null}
      {found.isError ? <FailureState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {cardNo !== "" && found.isPending ? <LoadingState rows={2} /> : null}
      {found.data ? <Found cards={found.data.items} /> : null}
      <Sale isOpen={isSelling} onClose={() => setSelling(false)} />
    </PageFrame>
  );
}

function Found({ cards }: { cards: StoredCard[] }) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const [extended, setExtended] = useState<StoredCard | null>(null);
  const columns: Column<StoredCard>[] = [
    { title: t("storedCard.number"), render: (card) => <code>{card.cardNo}</code> },
    { title: t("storedCard.kind"), render: (card) => t(`storedCard.kinds.${card.kind}`) },
    { title: t("prepaid.amount"), align: "end", render: (card) => (card.kind === "unnamed" ? formatFen(card.amountFen) : "—") },
    { title: t("storedCard.expires"), render: (card) => clock.day(card.expiresOn) },
    { title: t("earnRule.state"), render: (card) => <Tag color={colours[card.state]}>{t(`storedCard.states.${card.state}`)}</Tag> },
    { title: t("order.member"), render: (card) => (card.memberId ? <Link to="/members/$memberId" params={{ memberId: card.memberId }}>{t("storedCard.member")}</Link> : "—") },
    { title: "", render: (card) => (card.kind === "unnamed" && card.state === "active" && can("stored-value.withdraw") ? <Button size="small" onClick={() => setExtended(card)}>{t("storedCard.extend")}</Button> : null) },
  ];
  if (cards.length === 0) return <div className="panel"><EmptyState title={t("storedCard.unknown")} /></div>;
  return (
    <div className="panel table-panel">
      <RowTable label={t("menu.storedCards")} columns={columns} rows={cards} rowKey={(card) => card.id} />
      {extended ? <Extension card={extended} onClose={() => setExtended(null)} /> : null}
    </div>
  );
}

function Extension({ card, onClose }: { card: StoredCard; onClose: () => void }) {
  const { t } = useTranslation();
  const [on, setOn] = useState<string | undefined>(undefined);
  const saving = useAction<string, StoredCard>({ run: (expiresOn, key) => api.post(`/stored-cards/${card.id}:extend`, { expiresOn }, key), refreshes: [["stored-cards"]], onDone: onClose });
  return (
    <Modal title={t("storedCard.extend")} open onCancel={onClose} okText={t("action.save")} cancelText={t("action.cancel")} okButtonProps={{ disabled: !on, loading: saving.isPending }} onOk={() => on && saving.mutate(on)}>
      <div className="stack-tight">
        <p className="soft">{t("storedCard.extendText")}</p>
        <DayInput label={t("storedCard.expires")} value={on ?? null} onChange={setOn} />
        <ProblemAlert error={saving.error} />
      </div>
    </Modal>
  );
}

interface SaleValues {
  cardNo: string;
  amountFen: number;
  payment: "cash" | "card";
  storeId: string;
}

function Sale({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { store, stores } = useStoreChoice();
  const storeId = store?.id ?? stores[0]?.id;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<SaleValues, StoredCard>
      title={t("storedCard.sell")} isOpen={isOpen} onClose={onClose} initial={{ payment: "cash", ...(storeId && { storeId }) }}
      run={(values, key) => api.post("/stored-cards", values, key)} refreshes={[["stored-cards"]]} onDone={() => void message.success(t("memberCard.sold"))} submitLabel={t("storedCard.sell")}
    >
      <p className="soft prepaid-note">{t("storedCard.sellText")}</p>
      <Form.Item name="cardNo" label={t("storedCard.number")} rules={required}><Input maxLength={32} /></Form.Item>
      <Form.Item name="amountFen" label={t("prepaid.amount")} rules={required}><MoneyInput /></Form.Item>
      <Form.Item name="payment" label={t("topUpPlan.payment")} rules={required}><Radio.Group optionType="button" options={(["cash", "card"] as const).map((kind) => ({ value: kind, label: t(`tender.${kind}`) }))} /></Form.Item>
      <Form.Item name="storeId" label={t("shell.store")} rules={required}><Select options={stores.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
    </FormDrawer>
  );
}
