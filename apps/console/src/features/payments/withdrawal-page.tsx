import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Modal, Select, Tag } from "antd";
import { useEffect } from "react";
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
import { LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { prepaidRefreshes, type PrepaidTerms, type SpendOrder, termsQuery, type Withdrawal } from "./prepaid.ts";
import { QuoteSteps } from "./quote-steps.tsx";

const states = ["waiting", "paying", "done", "declined"] as const;
const colours = { waiting: "warning", paying: "processing", done: "success", declined: "default" } as const;

/** Prepaid money on its way back: what waits for a second person, what is being paid, what was. And the terms behind it. */
export function WithdrawalPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const [{ state, id }, setFilters] = useFilters();
  const columns: Column<Withdrawal>[] = [
    { title: t("withdrawal.askedAt"), render: (one) => clock.instant(one.askedAt) },
    { title: t("order.member"), render: (one) => <Link to="/members/$memberId" params={{ memberId: one.memberId }}>{one.memberName || t("member.nameless")}</Link> },
    { title: t("withdrawal.of"), render: (one) => t(one.cardId ? "withdrawal.ofCard" : "withdrawal.ofStoredValue") },
    { title: t("withdrawal.cause"), render: (one) => t(`withdrawal.causes.${one.cause}`) },
    { title: t("withdrawal.sum"), align: "end", render: (one) => formatFen(one.refundFen) },
    { title: t("earnRule.state"), render: (one) => <><Tag color={colours[one.state]}>{t(`withdrawal.states.${one.state}`)}</Tag>{one.parts.some((part) => part.state === "failed") ? <Tag color="error">{t("withdrawal.failed")}</Tag> : null}</> },
    { title: "", render: (one) => <Button size="small" onClick={() => setFilters({ id: one.id })}>{t("withdrawal.look")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.withdrawals")} lead={t("withdrawal.lead")}>
      {can("loyalty.manage") ? <Terms /> : null}
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("earnRule.state"), options: states.map((value) => ({ value, label: t(`withdrawal.states.${value}`) })) }]} />
      <DataTable<Withdrawal> label={t("menu.withdrawals")} path="/withdrawals" query={{ state }} columns={columns} rowKey={(one) => one.id} emptyTitle={t("withdrawal.none")} empty={t("withdrawal.noneText")} />
      <Modal title={t("withdrawal.title")} open={id !== undefined} onCancel={() => setFilters({ id: undefined })} footer={null} destroyOnHidden width={560}>
        {id ? <Computation id={id} /> : null}
      </Modal>
    </PageFrame>
  );
}

/** How a sum came about and where it goes. Whether it goes is decided on the page of approvals, where the request has the withdrawal's id. */
function Computation({ id }: { id: string }) {
  const { t } = useTranslation();
  const withdrawal = useQuery({ queryKey: ["/withdrawals", id], queryFn: () => api.get<Withdrawal>(`/withdrawals/${id}`) });
  const settling = useAction<void, Withdrawal>({
    run: (_nothing, key) => api.post(`/withdrawals/${id}:settle`, { method: "cash" }, key), refreshes: [["/withdrawals"], ...(withdrawal.data ? prepaidRefreshes(withdrawal.data.memberId) : [])],
  });
  if (!withdrawal.data) return withdrawal.isError ? <ProblemAlert error={withdrawal.error} /> : <LoadingState rows={3} />;
  const { reason, quote, parts, state } = withdrawal.data;
  return (
    <div className="quote-parts">
      <p>{reason}</p>
      <QuoteSteps quote={quote} />
      {parts.map((part) => <p key={part.sourceId} className="soft">{formatFen(part.refundFen)} · {t(`withdrawal.ways.${part.method}`)} · {t(`withdrawal.partStates.${part.state}`)}</p>)}
      <ProblemAlert error={settling.error} />
      {state === "waiting" ? <Link to="/approvals" search={{ id } as never}><Button type="primary">{t("approval.open")}</Button></Link> : null}
      {parts.some((part) => part.state === "failed") ? <Button loading={settling.isPending} onClick={() => settling.mutate()}>{t("withdrawal.settle")}</Button> : null}
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
