import { Form, type FormInstance, Input, InputNumber, Radio, Select, Switch } from "antd";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { FieldError } from "../../api/problem.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { type CouponTemplate, ruleOf } from "./coupon-template.ts";
import { ruleErrors } from "./offer.ts";
import { definitionOf, freshRule, missingFields, type RuleDraft, ruleKinds } from "./rule-editor/rule.ts";
import { RuleEditor } from "./rule-editor/rule-editor.tsx";

type Values = Pick<CouponTemplate, "name" | "validity" | "stock" | "perMember" | "period" | "perPeriod" | "periodStock" | "isClaimable" | "isStackable" | "isGiftable" | "remindsBySms" | "returnPolicy" | "graceDays"> & {
  rule: RuleDraft;
  isShared: boolean;
  share: { maxClaims: number; days: number } | null;
};

const fresh: Partial<Values> = {
  rule: { ...freshRule, trigger: "coupon" }, validity: { kind: "days", days: 30 }, isClaimable: true, isStackable: false, isGiftable: false, remindsBySms: false,
  returnPolicy: "lines", graceDays: 3, isShared: false,
};
/** A coupon gives something itself; another coupon is what coupon rules give. */
const couponKinds = ruleKinds.filter((kind) => kind !== "next-order-coupon");

export function CouponTemplateForm({ edited, onClose }: { edited: CouponTemplate | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const template = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, CouponTemplate>
      title={template ? template.name : t("coupon.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={template ? { ...template, rule: ruleOf(template), isShared: template.share !== null } : fresh}
      run={(values) => (template ? api.patch(`/coupon-templates/${template.id}`, wireOf(values)) : api.post("/coupon-templates", wireOf(values)))}
      refreshes={[["/coupon-templates"]]}
      width={860}
      shows={isOfRule}
    >
      {(form, refused) => <TemplateFields form={form} isLive={template?.state === "live"} refused={refused} />}
    </FormDrawer>
  );
}

const isOfRule = (field: string) => field.startsWith("definition");

/** Only what belongs together goes out: limits without their period, and a link's numbers without the link, are nobody's wish. */
function wireOf({ rule, isShared, share, period, ...values }: Values) {
  const { trigger: _, ...definition } = definitionOf(rule);
  return {
    ...values, definition, stock: values.stock ?? null, perMember: values.perMember ?? null, period: period ?? null,
    perPeriod: period ? (values.perPeriod ?? null) : null, periodStock: period ? (values.periodStock ?? null) : null,
    share: isShared ? { maxClaims: share?.maxClaims ?? 10, days: share?.days ?? 7 } : null,
  };
}

function TemplateFields({ form, isLive, refused }: { form: FormInstance<Values>; isLive: boolean; refused: readonly FieldError[] }) {
  const { t } = useTranslation();
  const draft = Form.useWatch([], { form, preserve: true }) as Partial<Values> | undefined;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <>
      {isLive ? <p className="soft">{t("coupon.versionNote")}</p> : null}
      <Form.Item name="name" label={t("coupon.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="rule" rules={[{ validator: (_rule, rule: RuleDraft) => (missingFields(rule).length === 0 ? Promise.resolve() : Promise.reject(new Error(t("coupon.ruleIncomplete")))) }]}>
        <RuleInput after={validityText(t, draft?.validity)} refused={refused} />
      </Form.Item>
      <ValidityFields kind={draft?.validity?.kind ?? "days"} />
      <LimitFields period={draft?.period ?? null} />
      <PassingFields isShared={draft?.isShared ?? false} />
    </>
  );
}

interface RuleInputProps {
  value?: RuleDraft;
  onChange?: (rule: RuleDraft) => void;
  after: string;
  refused: readonly FieldError[];
}

/** The server's refusals stand at their fields, and the first takes the focus. */
function RuleInput({ value, onChange, after, refused }: RuleInputProps) {
  const { status } = Form.Item.useStatus();
  const errors = useMemo(() => ruleErrors(refused.filter((one) => isOfRule(one.field))), [refused]);
  const place = useRef<HTMLDivElement>(null);
  const isStrict = status === "error";
  useEffect(() => {
    if (errors.length > 0 || isStrict) place.current?.querySelector<HTMLElement>(".rule-field.is-wrong :is(input, textarea, button, [tabindex])")?.focus();
  }, [errors, isStrict]);
  return (
    <div ref={place}>
      {/* The item's state is the whole rule's: without an item of their own every field inside would turn red. */}
      <Form.Item noStyle validateStatus="">
        <RuleEditor value={value ?? freshRule} onChange={(rule) => onChange?.(rule)} errors={errors} isStrict={isStrict} kinds={couponKinds} hides={["trigger"]} after={after} />
      </Form.Item>
    </div>
  );
}

function validityText(t: ReturnType<typeof useTranslation>["t"], validity: Values["validity"] | undefined): string {
  if (validity?.kind === "days" && validity.days) return t("couponSentence.days", { count: validity.days });
  return validity?.kind === "fixed" && validity.from && validity.until ? t("couponSentence.fixed", { from: validity.from, until: validity.until }) : "";
}

function ValidityFields({ kind }: { kind: "days" | "fixed" }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("form.required") }];
  return (
    <>
      <Form.Item name={["validity", "kind"]} label={t("coupon.validity")}>
        <Radio.Group optionType="button" options={[{ value: "days", label: t("coupon.validDays") }, { value: "fixed", label: t("coupon.validFixed") }]} />
      </Form.Item>
      {kind === "days" ? (
        <Form.Item name={["validity", "days"]} label={t("coupon.days")} rules={required}><InputNumber min={1} max={3650} precision={0} suffix={t("form.days")} /></Form.Item>
      ) : (
        <div className="field-pair">
          <Form.Item name={["validity", "from"]} label={t("form.from")} rules={required}><DayInput /></Form.Item>
          <Form.Item name={["validity", "until"]} label={t("form.until")} rules={required}><DayInput /></Form.Item>
        </div>
      )}
    </>
  );
}

function LimitFields({ period }: { period: Values["period"] }) {
  const { t } = useTranslation();
  const unlimited = t("form.unlimited");
  return (
    <>
      <div className="field-pair">
        <Form.Item name="stock" label={t("coupon.stock")}><InputNumber min={1} max={10_000_000} precision={0} placeholder={unlimited} /></Form.Item>
        <Form.Item name="perMember" label={t("coupon.perMember")}><InputNumber min={1} max={999} precision={0} placeholder={unlimited} /></Form.Item>
        <Form.Item name="period" label={t("coupon.period")}>
          <Select allowClear placeholder={t("coupon.noPeriod")} options={(["day", "week", "month"] as const).map((one) => ({ value: one, label: t(`coupon.periods.${one}`) }))} />
        </Form.Item>
      </div>
      {period ? (
        <div className="field-pair">
          <Form.Item name="perPeriod" label={t("coupon.perPeriod", { period: t(`coupon.periods.${period}`) })}><InputNumber min={1} max={999} precision={0} placeholder={unlimited} /></Form.Item>
          <Form.Item name="periodStock" label={t("coupon.periodStock", { period: t(`coupon.periods.${period}`) })}><InputNumber min={1} max={10_000_000} precision={0} placeholder={unlimited} /></Form.Item>
        </div>
      ) : null}
      <div className="field-pair">
        <Form.Item name="isClaimable" label={t("coupon.claimable")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="isStackable" label={t("coupon.stackable")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="isGiftable" label={t("coupon.giftable")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name="remindsBySms" label={t("coupon.remindsBySms")} valuePropName="checked"><Switch /></Form.Item>
      </div>
    </>
  );
}

function PassingFields({ isShared }: { isShared: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="field-pair">
        <Form.Item name="returnPolicy" label={t("coupon.returns")}>
          <Select options={(["lines", "whole", "never"] as const).map((one) => ({ value: one, label: t(`coupon.returnPolicies.${one}`) }))} />
        </Form.Item>
        <Form.Item name="graceDays" label={t("coupon.graceDays")}><InputNumber min={0} max={90} precision={0} suffix={t("form.days")} /></Form.Item>
      </div>
      <div className="field-pair">
        <Form.Item name="isShared" label={t("coupon.shared")} valuePropName="checked"><Switch /></Form.Item>
        {isShared ? (
          <>
            <Form.Item name={["share", "maxClaims"]} label={t("coupon.shareClaims")} initialValue={10}><InputNumber min={1} max={1000} precision={0} /></Form.Item>
            <Form.Item name={["share", "days"]} label={t("coupon.shareDays")} initialValue={7}><InputNumber min={1} max={90} precision={0} suffix={t("form.days")} /></Form.Item>
          </>
        ) : null}
      </div>
    </>
  );
}
