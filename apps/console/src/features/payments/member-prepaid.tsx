import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, Radio, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { Panel } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { type Prepaid, prepaidQuery, prepaidRefreshes, type StoredCard } from "./prepaid.ts";
import { WithdrawalDialog } from "./withdrawal-dialog.tsx";

/** A member's stored value, top-up by top-up, and everything that can be done with it but spending. */
export function MemberPrepaid({ memberId }: { memberId: string }) {
  const prepaid = useQuery(prepaidQuery(memberId));
  if (prepaid.isError) return <FailureState error={prepaid.error} onRetry={() => void prepaid.refetch()} />;
  if (!prepaid.data) return <LoadingState />;
  return (
    <div className="prepaid-stack">
      <TopUps memberId={memberId} prepaid={prepaid.data} />
      <PrintedCards memberId={memberId} cards={prepaid.data.storedCards} />
    </div>
  );
}

type TopUpRow = Prepaid["topUps"][number];

function TopUps({ memberId, prepaid }: { memberId: string; prepaid: Prepaid }) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const [open, setOpen] = useState<"withdraw" | "transfer" | null>(null);
  const columns: Column<TopUpRow>[] = [
    { title: t("prepaid.toppedUpAt"), render: (row) => clock.instant(row.at) },
    { title: t("member.principal"), align: "end", render: (row) => formatFen(row.principalFen) },
    { title: t("member.bonus"), align: "end", render: (row) => formatFen(row.bonusFen) },
    { title: t("prepaid.spent"), align: "end", render: (row) => formatFen(row.spentFen) },
    { title: t("prepaid.order"), render: (row) => t(`prepaid.orders.${row.spendOrder}`) },
  ];
  const mayGiveBack = can("stored-value.withdraw") && prepaid.principalFen + prepaid.bonusFen > 0;
  return (
    <Panel
      title={t("prepaid.topUps")}
      extra={can("stored-value.withdraw") ? (
        <span className="row">
          {mayGiveBack ? <Button size="small" disabled={prepaid.freeze !== null} onClick={() => setOpen("transfer")}>{t("prepaid.transfer")}</Button> : null}
          {mayGiveBack ? <Button size="small" disabled={prepaid.freeze !== null} onClick={() => setOpen("withdraw")}>{t("withdrawal.title")}</Button> : null}
          <FreezeButton memberId={memberId} isFrozen={prepaid.freeze !== null} />
        </span>
      ) : null}
    >
      {prepaid.freeze ? <Alert className="prepaid-alert" type="warning" showIcon title={t(`prepaid.frozen.${prepaid.freeze.kind}`, { at: clock.instant(prepaid.freeze.at) })} description={prepaid.freeze.reason} /> : null}
      {prepaid.topUps.length === 0 ? <EmptyState title={t("member.noStoredValue")} /> : <RowTable label={t("prepaid.topUps")} columns={columns} rows={prepaid.topUps} rowKey={(row) => row.sourceId} />}
      <WithdrawalDialog
        memberId={memberId} isOpen={open === "withdraw"} onClose={() => setOpen(null)} title={t("withdrawal.title")}
        quotePath={`/members/${memberId}/stored-value:quote-withdrawal`} path={`/members/${memberId}/stored-value:withdraw`}
      />
      <Transfer memberId={memberId} most={prepaid.principalFen + prepaid.bonusFen} isOpen={open === "transfer"} onClose={() => setOpen(null)} />
    </Panel>
  );
}

const freezeKinds = ["loss", "dispute", "other"] as const;

interface FreezeValues {
  kind: (typeof freezeKinds)[number];
  reason: string;
}

function FreezeButton({ memberId, isFrozen }: { memberId: string; isFrozen: boolean }) {
  const { t } = useTranslation();
  const askReason = useReason();
  const [isFreezing, setFreezing] = useState(false);
  const thawing = useAction<string, Prepaid>({ run: (reason, key) => api.post(`/members/${memberId}/stored-value:unfreeze`, { reason }, key), refreshes: prepaidRefreshes(memberId) });
  if (isFrozen) return <Button size="small" onClick={() => askReason({ title: t("prepaid.thaw"), text: t("prepaid.thawText"), run: (reason) => thawing.mutateAsync(reason) })}>{t("prepaid.thaw")}</Button>;
  return (
    <>
      <Button size="small" danger onClick={() => setFreezing(true)}>{t("prepaid.freeze")}</Button>
      <FormDrawer<FreezeValues, Prepaid>
        title={t("prepaid.freeze")} isOpen={isFreezing} onClose={() => setFreezing(false)} initial={{ kind: "dispute" }} submitLabel={t("prepaid.freeze")}
        run={(values, key) => api.post(`/members/${memberId}/stored-value:freeze`, values, key)} refreshes={prepaidRefreshes(memberId)}
      >
        <p className="soft">{t("prepaid.freezeText")}</p>
        <Form.Item name="kind" label={t("prepaid.freezeKind")}><Radio.Group optionType="button" options={freezeKinds.map((kind) => ({ value: kind, label: t(`prepaid.freezeKinds.${kind}`) }))} /></Form.Item>
        <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input maxLength={200} /></Form.Item>
      </FormDrawer>
    </>
  );
}

interface TransferValues {
  phone: string;
  amountFen: number;
  reason: string;
}

function Transfer({ memberId, most, isOpen, onClose }: { memberId: string; most: number; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<TransferValues, { principalFen: number; bonusFen: number }>
      title={t("prepaid.transfer")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ amountFen: most }}
      run={async ({ phone, ...values }, key) => {
        const to = await api.post<{ id: string }>("/members:lookup", { phone });
        return api.post(`/members/${memberId}/stored-value:transfer`, { ...values, toMemberId: to.id }, key);
      }}
      refreshes={prepaidRefreshes(memberId)}
      onDone={(moved) => void message.success(t("prepaid.transferred", { sum: formatFen(moved.principalFen + moved.bonusFen) }))}
      submitLabel={t("prepaid.transfer")}
    >
      <p className="soft">{t("prepaid.transferText")}</p>
      <Form.Item name="phone" label={t("prepaid.toPhone")} rules={required}><Input inputMode="tel" maxLength={20} /></Form.Item>
      <Form.Item name="amountFen" label={t("prepaid.amount")} rules={required}><MoneyInput /></Form.Item>
      <Form.Item name="reason" label={t("form.reason")} rules={required}><Input maxLength={200} /></Form.Item>
    </FormDrawer>
  );
}

const cardColours = { active: "success", lost: "error", replaced: "default", bound: "processing" } as const;

function PrintedCards({ memberId, cards }: { memberId: string; cards: StoredCard[] }) {
  const { t } = useTranslation();
  const can = useCan();
  const askReason = useReason();
  const [numbering, setNumbering] = useState<string | null>(null);
  const losing = useAction<{ id: string; reason: string }, StoredCard>({ run: ({ id, reason }, key) => api.post(`/stored-cards/${id}:report-loss`, { reason }, key), refreshes: prepaidRefreshes(memberId) });
  const columns: Column<StoredCard>[] = [
    { title: t("storedCard.number"), render: (card) => <code>{card.cardNo}</code> },
    { title: t("storedCard.kind"), render: (card) => t(`storedCard.kinds.${card.kind}`) },
    { title: t("earnRule.state"), render: (card) => <Tag color={cardColours[card.state]}>{t(`storedCard.states.${card.state}`)}</Tag> },
    {
      title: "",
      render: (card) => !can("stored-value.withdraw") || card.kind !== "named" ? null
        : card.state === "active" ? <Button size="small" danger onClick={() => askReason({ title: t("storedCard.reportLoss"), text: t("storedCard.lossText"), run: (reason) => losing.mutateAsync({ id: card.id, reason }) })}>{t("storedCard.reportLoss")}</Button>
          : card.state === "lost" ? <Button size="small" onClick={() => setNumbering(`/stored-cards/${card.id}:replace`)}>{t("storedCard.replace")}</Button> : null,
    },
  ];
  return (
    <Panel
      title={t("storedCard.title")}
      extra={can("stored-value.top-up") ? (
        <span className="row">
          <Button size="small" onClick={() => setNumbering("bind")}>{t("storedCard.bind")}</Button>
          <Button size="small" onClick={() => setNumbering(`/members/${memberId}/stored-cards`)}>{t("storedCard.issue")}</Button>
        </span>
      ) : null}
    >
      {cards.length === 0 ? <p className="soft">{t("storedCard.none")}</p> : <RowTable label={t("storedCard.title")} columns={columns} rows={cards} rowKey={(card) => card.id} />}
      <CardNumber key={numbering} memberId={memberId} path={numbering} onClose={() => setNumbering(null)} />
    </Panel>
  );
}

/** One field, the number that is printed on a card; `bind` looks an unnamed card up first. */
function CardNumber({ memberId, path, onClose }: { memberId: string; path: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [cardNo, setCardNo] = useState("");
  const saving = useAction<string, unknown>({
    run: async (number, key) => {
      if (path !== "bind") return api.post(path ?? "", { cardNo: number }, key);
      const found = (await api.get<Page<StoredCard>>("/stored-cards", { cardNo: number })).items[0];
      return api.post(`/stored-cards/${found?.id ?? "00000000-0000-0000-0000-000000000000"}:bind`, { memberId }, key);
    },
    refreshes: prepaidRefreshes(memberId),
    onDone: onClose,
  });
  return (
    <Modal title={t(path === "bind" ? "storedCard.bind" : "storedCard.number")} open={path !== null} onCancel={onClose} okText={t("action.confirm")} cancelText={t("action.cancel")} okButtonProps={{ disabled: cardNo.trim().length < 4, loading: saving.isPending }} onOk={() => saving.mutate(cardNo.trim())} destroyOnHidden>
      <div className="stack-tight">
        {path === "bind" ? <p className="soft">{t("storedCard.bindText")}</p> : null}
        <Input autoFocus maxLength={32} aria-label={t("storedCard.number")} value={cardNo} onChange={(event) => setCardNo(event.target.value)} onPressEnter={() => saving.mutate(cardNo.trim())} />
        <ProblemAlert error={saving.error} />
      </div>
    </Modal>
  );
}
