import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select, Tag } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "@tanstack/react-router";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { RowTable } from "../../design/data-table.tsx";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import "../platform/notification.css";

type Rules = ConsoleSchemas["IdentityRules"];
type Blocked = ConsoleSchemas["BlockedValue"];
type Identified = ConsoleSchemas["Identified"];
type Kind = Blocked["kind"];

/** The strongest first: this is the order in which they decide. */
const kinds: readonly Kind[] = ["wechat-unionid", "alipay", "phone", "wechat-openid", "email", "card", "external", "device"];

/** Who is recognised by what: how many of each kind one member may have, what recognises nobody, and a try-out. */
export function IdentityRulesPage() {
  const { t } = useTranslation();
  const rules = useQuery({ queryKey: ["/identity-rules"], queryFn: () => api.get<Rules>("/identity-rules") });
  return (
    <PageFrame title={t("menu.identityRules")} lead={t("identityRules.lead")}>
      {rules.isError ? <FailureState error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.isPending ? <LoadingState rows={8} /> : null}
      {rules.data ? <div className="columns"><RulesForm rules={rules.data} /><TryOut /></div> : null}
      <BlockedValues />
    </PageFrame>
  );
}

function RulesForm({ rules }: { rules: Rules }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Rules>();
  useEffect(() => form.setFieldsValue(rules), [form, rules]);
  const save = useAction<Rules, Rules>({ run: (values) => api.put("/identity-rules", values), refreshes: [["/identity-rules"]] });
  return (
    <Panel title={t("identityRules.limits")}>
      <Form form={form} layout="horizontal" labelCol={{ span: 12 }} labelAlign="left" initialValues={rules} onFinish={(values) => save.mutate(values)}>
        {kinds.map((kind) => <Form.Item key={kind} name={["limits", kind]} label={t(`identity.kinds.${kind}`)}><InputNumber min={1} max={100} precision={0} /></Form.Item>)}
        <Form.Item name="leaseDays" label={t("identityRules.lease")} extra={t("identityRules.leaseHint")}><InputNumber min={30} max={3_650} precision={0} /></Form.Item>
        <ProblemAlert error={save.error} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
        {save.isSuccess ? <span role="status" className="soft"> {t("state.saved")}</span> : null}
      </Form>
    </Panel>
  );
}

interface Brought {
  kind: Kind;
  value?: string;
}

const codeColours: Record<string, string> = { matched: "success", linked: "processing", blocked: "error", unreadable: "error", "belongs-to-another": "warning", "over-limit": "warning" };

/** Two values at a time are enough to see who yields to whom. */
function TryOut() {
  const { t } = useTranslation();
  const tryOut = useAction<Brought[], Identified>({ run: (brought) => api.post("/identity-rules:try", { identities: brought.filter((one) => one.value?.trim()) }) });
  const result = tryOut.data;
  return (
    <Panel title={t("identityRules.try")}>
      <Form<{ brought: Brought[] }> layout="vertical" initialValues={{ brought: [{ kind: "phone" }, { kind: "wechat-openid" }] }} onFinish={({ brought }) => tryOut.mutate(brought)}>
        <p className="soft panel-hint">{t("identityRules.tryHint")}</p>
        <Form.List name="brought">
          {(fields) => fields.map(({ key, name }) => (
            <div key={key} className="row">
              <Form.Item name={[name, "kind"]} style={{ marginBottom: 8 }}><KindSelect /></Form.Item>
              <Form.Item name={[name, "value"]} style={{ flex: "1 1 140px", marginBottom: 8 }}><Input aria-label={t("identityRules.value")} maxLength={200} /></Form.Item>
            </div>
          ))}
        </Form.List>
        <Button htmlType="submit" loading={tryOut.isPending}>{t("identityRules.tryDo")}</Button>
      </Form>
      <ProblemAlert error={tryOut.error} />
      {result ? (
        <div role="status" className="stack-tight">
          <p>{t(`identityRules.decision.${result.decision}`)} {result.memberId ? <Link to="/members/$memberId" params={{ memberId: result.memberId }}>{t("identityRules.see")}</Link> : null}</p>
          <ul className="problem-list">{result.steps.map((one, at) => <li key={at}>{t(`identity.kinds.${one.kind}`)} {one.shown} <Tag color={codeColours[one.code] ?? "default"}>{t(`identityRules.step.${one.code}`)}</Tag></li>)}</ul>
        </div>
      ) : null}
    </Panel>
  );
}

function KindSelect(props: { value?: Kind; onChange?: (kind: Kind) => void; id?: string }) {
  const { t } = useTranslation();
  return <Select {...props} aria-label={t("identityRules.kind")} style={{ minWidth: 140 }} options={kinds.map((kind) => ({ value: kind, label: t(`identity.kinds.${kind}`) }))} />;
}

function BlockedValues() {
  const { t } = useTranslation();
  const clock = useClock();
  const [form] = Form.useForm<{ kind: Kind; value: string; reason: string }>();
  const list = useQuery({ queryKey: ["/blocked-values"], queryFn: () => api.get<{ items: Blocked[] }>("/blocked-values") });
  const block = useAction<{ kind: Kind; value: string; reason: string }, unknown>({ run: (body) => api.post("/blocked-values", body), refreshes: [["/blocked-values"]], onDone: () => form.resetFields() });
  const unblock = useAction<Blocked, unknown>({ run: ({ kind, digest }) => api.post("/blocked-values:unblock", { kind, digest }), refreshes: [["/blocked-values"]] });
  const required = [{ required: true, whitespace: true, message: t("form.required") }];
  return (
    <Panel title={t("identityRules.blocked")}>
      <p className="soft panel-hint">{t("identityRules.blockedHint")}</p>
      <Form form={form} layout="inline" className="filter-bar" initialValues={{ kind: "phone" }} onFinish={(values) => block.mutate(values)}>
        <Form.Item name="kind"><KindSelect /></Form.Item>
        <Form.Item name="value" rules={required}><Input placeholder={t("identityRules.value")} aria-label={t("identityRules.value")} maxLength={200} /></Form.Item>
        <Form.Item name="reason" rules={required}><Input placeholder={t("form.reason")} aria-label={t("form.reason")} maxLength={200} /></Form.Item>
        <Button htmlType="submit" loading={block.isPending}>{t("identityRules.block")}</Button>
      </Form>
      <ProblemAlert error={block.error ?? unblock.error} />
      {list.isError ? <FailureState error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data?.items.length === 0 ? <EmptyState title={t("identityRules.noneBlocked")} /> : null}
      {list.data && list.data.items.length > 0 ? (
        <RowTable<Blocked>
          label={t("identityRules.blocked")} rows={list.data.items} rowKey={(one) => one.kind + one.digest}
          columns={[
            { title: t("identityRules.kind"), render: (one) => t(`identity.kinds.${one.kind}`) },
            { title: t("identityRules.value"), render: (one) => <span className="num">{one.shown}</span> },
            { title: t("form.reason"), isWide: true, render: (one) => one.reason },
            { title: t("identityRules.at"), render: (one) => clock.instant(one.at) },
            { title: "", render: (one) => <Button size="small" loading={unblock.isPending && unblock.variables.digest === one.digest} onClick={() => unblock.mutate(one)}>{t("identityRules.unblock")}</Button> },
          ]}
        />
      ) : null}
    </Panel>
  );
}
