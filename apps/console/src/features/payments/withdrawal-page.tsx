import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Modal, Select, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { showFieldErrors } from "../../design/field-errors.ts";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { type PrepaidTerms, type SpendOrder, termsQuery, type Withdrawal } from "./prepaid.ts";
import { QuoteSteps } from "./quote-steps.tsx";

const states = ["waiting", "paying", "done", "declined"] as const;
const colours = { waiting: "warning", paying: "processing", done: "success", declined: "default" } as const;

/** Prepaid money on its way back: what waits for a second person, what is being paid, what was. And the terms behind it. */
export function WithdrawalPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const [filters] = useFilters();
  const [shown, setShown] = useState<Withdrawal | null>(null);
  const columns: Column<Withdrawal>[] = [
    { title: t("withdrawal.askedAt"), render: (one) => clock.instant(one.askedAt) },
    { title: t("order.member"), render: (one) => <Link to="/members/$memberId" params={{ memberId: one.memberId }}>{one.memberName || t("member.nameless")}</Link> },
    { title: t("withdrawal.of"), render: (one) => t(one.cardId ? "withdrawal.ofCard" : "withdrawal.ofStoredValue") },
    { title: t("withdrawal.cause"), render: (one) => t(`withdrawal.causes.${one.cause}`) },
    { title: t("withdrawal.sum"), align: "end", render: (one) => formatFen(one.refundFen) },
    { title: t("earnRule.state"), render: (one) => <><Tag color={colours[one.state]}>{t(`withdrawal.states.${one.state}`)}</Tag>{one.parts.some((part) => part.state === "failed") ? <Tag color="error">{t("withdrawal.failed")}</Tag> : null}</> },
    { title: "", render: (one) => <Button size="small" onClick={() => setShown(one)}>{t(one.state === "waiting" && can("stored-value.approve") ? "withdrawal.decide" : "withdrawal.look")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.withdrawals")} lead={t("withdrawal.lead")}>
      {can("loyalty.manage") ? <Terms /> : null}
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("earnRule.state"), options: states.map((value) => ({ value, label: t(`withdrawal.states.${value}`) })) }]} />
      <DataTable<Withdrawal> label={t("menu.withdrawals")} path="/withdrawals" query={{ state: filters["state"] }} columns={columns} rowKey={(one) => one.id} emptyTitle={t("withdrawal.none")} empty={t("withdrawal.noneText")} />
      <Modal title={t("withdrawal.title")} open={shown !== null} onCancel={() => setShown(null)} footer={null} destroyOnHidden width={560}>
        {shown ? <Decision withdrawal={shown} onClose={() => setShown(null)} /> : null}
      </Modal>
    </PageFrame>
  );
}

function Decision({ withdrawal, onClose }: { withdrawal: Withdrawal; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const askReason = useReason();
  const deciding = useAction<{ verb: string; body: object }, Withdrawal>({
    run: ({ verb, body }, key) => api.post(`/withdrawals/${withdrawal.id}:${verb}`, body, key), refreshes: [["/withdrawals"], ["prepaid", withdrawal.memberId], ["cards", withdrawal.memberId], ["members"]], onDone: onClose,
  });
  const isFailed = withdrawal.parts.some((part) => part.state === "failed");
  return (
    <div className="quote-parts">
      <p>{withdrawal.reason}</p>
      <QuoteSteps quote={withdrawal.quote} />
      {withdrawal.parts.map((part) => <p key={part.sourceId} className="soft">{formatFen(part.refundFen)} · {t(`withdrawal.ways.${part.method}`)} · {t(`withdrawal.partStates.${part.state}`)}</p>)}
      <ProblemAlert error={deciding.error} />
      {withdrawal.state === "waiting" && can("stored-value.approve") ? (
        <div className="row">
          <Button type="primary" loading={deciding.isPending} onClick={() => deciding.mutate({ verb: "approve", body: {} })}>{t("withdrawal.approve")}</Button>
          <Button danger onClick={() => askReason({ title: t("withdrawal.decline"), run: (reason) => deciding.mutateAsync({ verb: "decline", body: { reason } }) })}>{t("withdrawal.decline")}</Button>
        </div>
      ) : null}
      {isFailed ? <Button onClick={() => deciding.mutate({ verb: "settle", body: { method: "cash" } })}>{t("withdrawal.settle")}</Button> : null}
    </div>
  );
}

const orders: SpendOrder[] = ["proportional", "principal-first", "bonus-first"];

function Terms() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<PrepaidTerms>();
  const terms = useQuery(termsQuery);
  const save = useAction<Pick<PrepaidTerms, "spendOrder" | "approvalOverFen">, PrepaidTerms>({ run: (values) => api.put("/prepaid-terms", values), refreshes: [["prepaid-terms"]], onDone: () => message.success(t("state.saved")) });
  const shownOrder = Form.useWatch("spendOrder", form) ?? terms.data?.spendOrder;
  useEffect(() => {
    if (save.error) showFieldErrors(form, save.error, t);
  }, [save.error, form, t]);
  if (!terms.data) return terms.isError ? <ProblemAlert error={terms.error} /> : null;
  const { namedLimitFen, unnamedLimitFen, unnamedYears } = terms.data;
  return (
    <Panel title={t("prepaidTerms.title")}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={terms.data} onFinish={({ spendOrder, approvalOverFen }) => save.mutate({ spendOrder, approvalOverFen })}>
        <div className="form-grid">
          <Form.Item name="spendOrder" label={t("prepaidTerms.order")} extra={shownOrder ? t(`prepaidTerms.orderNotes.${shownOrder}`) : null}><Select options={orders.map((one) => ({ value: one, label: t(`prepaid.orders.${one}`) }))} /></Form.Item>
          <Form.Item name="approvalOverFen" label={t("prepaidTerms.approvalOver")} extra={t("prepaidTerms.approvalHelp")} rules={[{ required: true, message: t("form.required") }]}><MoneyInput /></Form.Item>
        </div>
        <p className="soft prepaid-note">{t("prepaidTerms.law", { named: formatFen(namedLimitFen), unnamed: formatFen(unnamedLimitFen), years: unnamedYears })}</p>
        <ProblemAlert error={save.error} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
      </Form>
    </Panel>
  );
}
