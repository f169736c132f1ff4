import { Input, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../design/money-input.tsx";
import { CountInput, ManyChoice } from "./choice.tsx";
import type { RuleDraft, RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";

const ways = ["stacks", "alone-in-level", "exclusive"] as const;
type Way = (typeof ways)[number];
type Stacking = NonNullable<RuleDraft["stacking"]>;

/** 叠加: whether it adds up with others, in which order, and how much at most. */
export function CombiningFields({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const stacking: Stacking = value.stacking ?? {};
  const way: Way = stacking.exclusive ? "exclusive" : stacking.stackable === false ? "alone-in-level" : "stacks";
  const turn = (next: Way) => onChange({ ...value, stacking: { group: stacking.group, exclusive: next === "exclusive" ? true : null, stackable: next === "alone-in-level" ? false : null } });
  const isOfDelivery = value.kind === "delivery-fee-off";
  return (
    <div className="rule-grid">
      <RuleField label={t("rule.stacking")} field="stacking" isGroup>{({ id }) => <Radio.Group id={id} value={way} onChange={(event) => turn(event.target.value as Way)} options={ways.map((one) => ({ value: one, label: t(`rule.stackings.${one}`) }))} />}</RuleField>
      <RuleField label={t("rule.group")} field="stacking.group" help={t("rule.groupHelp")}>{(control) => <Input {...control} maxLength={40} value={stacking.group ?? ""} onChange={(event) => onChange({ ...value, stacking: { ...stacking, group: event.target.value || null } })} />}</RuleField>
      <RuleField label={t("offer.priority")} field="priority" help={t("offer.priorityHelp")}>{(control) => <InputNumber {...control} className="rule-number" min={0} max={999} precision={0} value={value.priority ?? 0} onChange={(priority) => onChange({ ...value, priority: priority ?? 0 })} />}</RuleField>
      {isOfDelivery ? null : <RuleField label={t("rule.level")} field="level" isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={value.level} onChange={(event) => onChange({ ...value, level: event.target.value as RuleDraft["level"] })} options={(["line", "category", "order"] as const).map((one) => ({ value: one, label: t(`rule.levels.${one}`) }))} />}</RuleField>}
      <RuleField label={t("rule.cap")} field="capFen">{(control) => <MoneyInput {...control} value={value.capFen ?? null} onChange={(capFen) => onChange({ ...value, capFen })} />}</RuleField>
    </div>
  );
}

/** 触发与限量: by itself or by a code; how often in all and for one member. */
export function TriggerFields({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const limits = value.limits ?? {};
  const setLimits = (change: NonNullable<RuleDraft["limits"]>) => onChange({ ...value, limits: { ...limits, ...change } });
  return (
    <div className="rule-grid">
      <RuleField label={t("rule.trigger")} field="trigger" isGroup>{({ id }) => <Radio.Group id={id} optionType="button" value={value.trigger} onChange={(event) => onChange({ ...value, trigger: event.target.value as RuleDraft["trigger"], ...(event.target.value === "code" ? {} : { codes: null }) })} options={(["auto", "code"] as const).map((one) => ({ value: one, label: t(`rule.triggers.${one}`) }))} />}</RuleField>
      {value.trigger === "code" ? <RuleField label={t("rule.codes")} field="codes">{(control) => <ManyChoice {...control} isOpen value={value.codes} onChange={(codes) => onChange({ ...value, codes })} options={[]} placeholder={t("rule.codesHint")} />}</RuleField> : null}
      <RuleField label={t("rule.perMember")} field="limits.perMember">{(control) => <CountInput {...control} value={limits.perMember} onChange={(perMember) => setLimits({ perMember })} placeholder={t("form.unlimited")} />}</RuleField>
      <RuleField label={t("rule.total")} field="limits.total">{(control) => <CountInput {...control} max={100_000_000} value={limits.total} onChange={(total) => setLimits({ total })} placeholder={t("form.unlimited")} />}</RuleField>
    </div>
  );
}
