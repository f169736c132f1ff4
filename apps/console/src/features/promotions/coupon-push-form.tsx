import { useQuery } from "@tanstack/react-query";
import { App, Form, type FormInstance, Input, InputNumber, Radio, Select } from "antd";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useSession } from "../../shell/session.ts";
import { tiersQuery } from "../loyalty/tier.ts";
import type { CouponPush } from "./coupon-push.ts";
import type { CouponTemplate } from "./coupon-template.ts";

interface Values {
  name: string;
  to: "audience" | "list" | "generate" | "import";
  audience: Record<string, unknown>;
  lines: string;
  count: number;
}

const linesMax = 20_000;
const linesOf = (text: string | undefined): string[] => [...new Set((text ?? "").split(/[\n,，;；\t]+/).map((line) => line.trim()).filter(Boolean))];
/** What is left empty does not limit, and is not sent. */
const filled = (audience: Record<string, unknown> | undefined) =>
  Object.fromEntries(Object.entries(audience ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0)));

/** Gives a coupon to many at once, or makes codes of it. */
export function CouponPushForm({ template, onClose }: { template: CouponTemplate | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <FormDrawer<Values, CouponPush & { unknown?: string[]; taken?: string[] }>
      title={t("couponPush.title", { name: template?.name ?? "" })}
      isOpen={template !== null}
      onClose={onClose}
      initial={{ to: "audience", name: template?.name ?? "", audience: {}, count: 1_000 }}
      run={(values, key) => send(template?.id ?? "", values, key)}
      refreshes={[["/coupon-pushes"], ["/coupon-templates"]]}
      onDone={(push) => {
        const left = push.unknown ?? push.taken ?? [];
        void (left.length > 0 ? message.warning(t("couponPush.leftOut", { lines: left.slice(0, 5).join(t("rule.listComma")), number: left.length }), 8) : message.success(t("couponPush.started")));
      }}
      submitLabel={t("couponPush.start")}
      width={560}
    >
      {(form) => <PushFields form={form} />}
    </FormDrawer>
  );
}

function send(templateId: string, { name, to, audience, lines, count }: Values, key: string) {
  const path = `/coupon-templates/${templateId}`;
  switch (to) {
    case "audience": return api.post<CouponPush>(`${path}:push`, { name, audience: filled(audience) }, key);
    case "list": return api.post<CouponPush>(`${path}:push`, { name, lines: linesOf(lines) }, key);
    case "generate": return api.post<CouponPush>(`${path}:generate-codes`, { name, count }, key);
    case "import": return api.post<CouponPush>(`${path}:import-codes`, { name, codes: linesOf(lines) }, key);
  }
}

function PushFields({ form }: { form: FormInstance<Values> }) {
  const { t } = useTranslation();
  const to = Form.useWatch("to", form) ?? "audience";
  const required = [{ required: true, message: t("form.required") }];
  return (
    <>
      <Form.Item name="to" label={t("couponPush.to")}>
        <Radio.Group optionType="button" options={(["audience", "list", "generate", "import"] as const).map((one) => ({ value: one, label: t(`couponPush.tos.${one}`) }))} />
      </Form.Item>
      <Form.Item name="name" label={t("couponPush.name")} rules={required}><Input maxLength={64} /></Form.Item>
      {to === "audience" ? <AudienceFields form={form} /> : null}
      {to === "generate" ? <Form.Item name="count" label={t("couponPush.count")} rules={required}><InputNumber min={1} max={1_000_000} precision={0} /></Form.Item> : null}
      {to === "list" || to === "import" ? (
        <Form.Item name="lines" label={t(`couponPush.lines.${to}`)} extra={t("couponPush.linesHelp", { max: linesMax.toLocaleString("en-US") })} rules={[...required, { validator: (_rule, text: string) => (linesOf(text).length <= linesMax ? Promise.resolve() : Promise.reject(new Error(t("couponPush.tooMany")))) }]}>
          <Input.TextArea rows={10} spellCheck={false} />
        </Form.Item>
      ) : null}
    </>
  );
}

function AudienceFields({ form }: { form: FormInstance<Values> }) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const audience = useDeferredValue(filled(Form.useWatch("audience", form)));
  const size = useQuery({ queryKey: ["/coupon-audience", audience], queryFn: () => api.post<{ members: number }>("/coupon-audience:count", { audience }) });
  return (
    <>
      <p className="sentence" aria-live="polite">{size.data ? t("couponPush.size", { number: size.data.members.toLocaleString("en-US") }) : t("couponPush.counting")}</p>
      <Form.Item name={["audience", "tierIds"]} label={t("member.tier")}><Select mode="multiple" allowClear placeholder={t("form.any")} optionFilterProp="label" options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} /></Form.Item>
      <Form.Item name={["audience", "tags"]} label={t("couponPush.tags")}><Select mode="tags" allowClear placeholder={t("form.any")} /></Form.Item>
      <Form.Item name={["audience", "storeIds"]} label={t("couponPush.homeStore")}><Select mode="multiple" allowClear placeholder={t("form.any")} optionFilterProp="label" options={stores.map((store) => ({ value: store.id, label: store.name }))} /></Form.Item>
      <div className="field-pair">
        <Form.Item name={["audience", "lastOrderFrom"]} label={t("couponPush.lastOrderFrom")}><DayInput /></Form.Item>
        <Form.Item name={["audience", "lastOrderUntil"]} label={t("couponPush.lastOrderUntil")}><DayInput /></Form.Item>
      </div>
      <div className="field-pair">
        <Form.Item name={["audience", "joinedFrom"]} label={t("couponPush.joinedFrom")}><DayInput /></Form.Item>
        <Form.Item name={["audience", "joinedUntil"]} label={t("couponPush.joinedUntil")}><DayInput /></Form.Item>
      </div>
      <Form.Item name={["audience", "hasOrdered"]} label={t("couponPush.hasOrdered")}>
        <Select allowClear placeholder={t("form.any")} options={[{ value: true, label: t("couponPush.ordered") }, { value: false, label: t("couponPush.neverOrdered") }]} />
      </Form.Item>
    </>
  );
}
