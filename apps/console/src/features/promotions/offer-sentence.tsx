import { type Offer, sentence } from "@shuke/offers";
import { useTranslation } from "react-i18next";
import { languageOf } from "../../language/language.ts";
import { draftOf } from "./rule-editor/rule.ts";
import { useRuleNames } from "./rule-editor/rule-names.ts";

/** A stored rule as one sentence, with the names of stores, tiers and products. */
export function OfferSentence({ definition }: { definition: object }) {
  const { i18n } = useTranslation();
  const { nameOf } = useRuleNames(draftOf(definition));
  return <>{sentence({ id: "", name: "", ...definition } as Offer, languageOf(i18n), nameOf)}</>;
}
