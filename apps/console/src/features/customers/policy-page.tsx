import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import "../platform/notification.css";

type Policy = ConsoleSchemas["Policy"];
type Values = Pick<Policy, "text" | "textEn">;

const maxLength = 5_000;

/** What members agree to, purpose by purpose: the texts in force, and new ones that ask everybody again. */
export function PolicyPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const [edited, setEdited] = useState<Policy | null>(null);
  const policies = useQuery({ queryKey: ["/privacy-policies"], queryFn: () => api.get<{ items: Policy[] }>("/privacy-policies") });
  return (
    <PageFrame title={t("menu.privacyPolicies")} lead={t("policy.lead")}>
      {policies.isError ? <FailureState error={policies.error} onRetry={() => void policies.refetch()} /> : null}
      {policies.isPending ? <LoadingState rows={8} /> : null}
      {policies.data?.items.map((one) => (
        <Panel key={one.purpose} title={<>{t(`privacy.purpose.${one.purpose}`)} <Tag>{t("policy.version", { version: one.version })}</Tag></>} extra={<Button onClick={() => setEdited(one)}>{t("policy.publish")}</Button>}>
          <p className="soft">{one.publishedAt ? t("policy.publishedAt", { at: clock.instant(one.publishedAt) }) : t("policy.first")}</p>
          <PolicyText text={one} />
        </Panel>
      ))}
      <PolicyForm policy={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

const PolicyText = ({ text: { text, textEn } }: { text: Partial<Values> }) => (
  <>
    <p className="bulletin-body">{text}</p>
    {textEn ? <p className="bulletin-body soft" lang="en">{textEn}</p> : null}
  </>
);

function PolicyForm({ policy, onClose }: { policy: Policy | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDrawer<Values, unknown>
      title={policy ? t("policy.new", { purpose: t(`privacy.purpose.${policy.purpose}`), version: policy.version + 1 }) : ""}
      isOpen={policy !== null}
      onClose={onClose}
      width={640}
      initial={policy ? { text: policy.text, textEn: policy.textEn } : {}}
      run={(values) => api.post("/privacy-policies", { purpose: policy?.purpose, ...values })}
      refreshes={[["/privacy-policies"]]}
      submitLabel={t("policy.publish")}
    >
      <Alert className="panel-hint" type="warning" showIcon title={t("policy.again")} />
      <Form.Item name="text" label={t("policy.text")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={maxLength} /></Form.Item>
      <Form.Item name="textEn" label={t("policy.textEn")}><Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} maxLength={maxLength} /></Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) => <section className="panel" aria-label={t("policy.preview")}><h3>{t("policy.preview")}</h3><PolicyText text={getFieldsValue() as Values} /></section>}
      </Form.Item>
    </FormDrawer>
  );
}
