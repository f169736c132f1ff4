import { useTranslation } from "react-i18next";
import { CountInput } from "./choice.tsx";
import type { RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";

/** How often in one order. */
export function MaxTimes({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  return <RuleField label={t("rule.maxTimes")} field="maxTimes">{(control) => <CountInput {...control} value={value.maxTimes} onChange={(maxTimes) => onChange({ ...value, maxTimes })} placeholder={t("form.unlimited")} />}</RuleField>;
}
