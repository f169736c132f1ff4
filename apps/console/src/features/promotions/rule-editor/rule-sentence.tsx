import { sentence } from "@shuke/offers";
import { useTranslation } from "react-i18next";
import { languageOf } from "../../../language/language.ts";
import { missingFields, offerOf, type RuleDraft } from "./rule.ts";
import { useRuleNames } from "./rule-names.ts";

interface Props {
  value: RuleDraft;
  /** What comes after the rule, e.g. a coupon's term of validity. */
  after?: string;
}

/** The rule as one sentence, in the language of the screen, while it is being written. */
export function RuleSentence({ value, after }: Props) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useRuleNames(value);
  const offer = offerOf(value);
  const language = languageOf(i18n);
  const text = offer ? [sentence(offer, language, nameOf), after].filter(Boolean).join(language === "en" ? "; " : "，") : null;
  return (
    <p className={text === null ? "sentence is-open" : "sentence"} aria-live="polite" data-testid="rule-sentence">
      {text ?? t("rule.incomplete", { fields: missingFields(value).map((one) => t(`rule.fieldName.${nameOfField(one.field)}`)).filter((name, at, all) => all.indexOf(name) === at).join(t("rule.listComma")) })}
    </p>
  );
}

/** "steps.1.atAmountFen" → "steps-atAmountFen": positions have no name of their own. */
const nameOfField = (field: string): string => field.replace(/\.\d+/g, "").replaceAll(".", "-");
