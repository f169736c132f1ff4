import "./rule-editor.css";
import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { check, type Scope } from "@shuke/offers";
import { Button, Select } from "antd";
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldError } from "../../../api/problem.ts";
import { type Language, languageOf } from "../../../language/language.ts";
import { AudienceFields } from "./audience-fields.tsx";
import { BenefitFields } from "./benefit-fields.tsx";
import { CombiningFields, TriggerFields } from "./combining-fields.tsx";
import { RequirementFields, ThresholdFields } from "./condition-fields.tsx";
import { ItemFields } from "./item-fields.tsx";
import { definitionOf, missingFields, offerOf, type RuleDraft, type RulePart, ruleKinds, withKind } from "./rule.ts";
import { RuleExamples } from "./rule-examples.tsx";
import { RuleField, RuleProblems } from "./rule-field.tsx";
import type { Undo } from "./rule-history.ts";
import { RuleSentence } from "./rule-sentence.tsx";
import { TimeFields } from "./time-fields.tsx";

export type RuleSection = "benefit" | "condition" | "items" | "time" | "audience" | "combining" | "trigger" | "examples";

interface Props {
  value: RuleDraft;
  onChange: (next: RuleDraft) => void;
  /** Refusals of the server or of a check, by field. */
  errors?: readonly FieldError[];
  /** Whether empty fields are refused already: after somebody has tried to save. */
  isStrict?: boolean;
  history?: Undo;
  kinds?: readonly RuleDraft["kind"][];
  hides?: readonly RuleSection[];
  /** What comes after the rule in its sentence. */
  after?: string;
}

const itemFields = ["skus", "categories", "tags", "excludeSkus", "excludeCategories", "excludeTags", "minLineQuantity", "undiscountedOnly"] as const;
const timeFields = ["from", "until", "weekdays", "timeSlots"] as const;
const audienceFields = ["stores", "channels", "tiers", "segments", "firstOrder"] as const;
const inScope = (fields: readonly (keyof Scope)[]) => fields.map((field) => `scope.${field}`);

/** The whole rule: its sentence, its fields by the questions they answer, and what it does just around its borders. */
export function RuleEditor({ value, onChange, errors = [], isStrict = false, history, kinds = ruleKinds, hides = [], after }: Props) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const problems = useMemo(() => problemsOf(value, errors, isStrict, language), [value, errors, isStrict, language]);
  const part: RulePart = { value, onChange };
  const shows = (section: RuleSection) => !hides.includes(section);
  return (
    <RuleProblems value={problems}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears Ctrl+Z of the fields inside */}
      <div className="rule-editor" onKeyDown={(event) => history && undoKeys(event, history)}>
        <div className="rule-top">
          <RuleSentence value={value} {...(after !== undefined && { after })} />
          {history ? <UndoButtons {...history} /> : null}
        </div>
        {shows("benefit") ? <Section title={t("rule.section.benefit")} fields={[]} isOpen><KindChoice value={value} onChange={onChange} kinds={kinds} /><BenefitFields {...part} /></Section> : null}
        {shows("condition") ? <Section title={t("rule.section.condition")} fields={["threshold"]} isOpen><ThresholdFields {...part} /></Section> : null}
        {shows("items") ? <Section title={t("rule.section.items")} fields={inScope(itemFields)} isOpen={isSet(value.scope, itemFields)} hint={t("rule.allItems")}><ItemFields value={value.scope ?? {}} onChange={(scope) => onChange({ ...value, scope })} field="scope" /></Section> : null}
        {shows("condition") ? <Section title={t("rule.section.requires")} fields={["requires"]} isOpen={Boolean(value.requires?.length)} hint={t("rule.none")}><RequirementFields {...part} /></Section> : null}
        {shows("time") ? <Section title={t("rule.section.time")} fields={inScope(timeFields)} isOpen={isSet(value.scope, timeFields)} hint={t("rule.anyTime")}><TimeFields {...part} /></Section> : null}
        {shows("audience") ? <Section title={t("rule.section.audience")} fields={inScope(audienceFields)} isOpen={isSet(value.scope, audienceFields)} hint={t("rule.anyone")}><AudienceFields {...part} /></Section> : null}
        {shows("combining") ? <Section title={t("rule.section.combining")} fields={["stacking", "capFen", "priority", "level"]} isOpen={Boolean(value.stacking || value.capFen || value.priority)} hint={t("rule.stackings.stacks")}><CombiningFields {...part} /></Section> : null}
        {shows("trigger") ? <Section title={t("rule.section.trigger")} fields={["trigger", "codes", "limits"]} isOpen={Boolean(value.trigger === "code" || definitionOf(value)["limits"])} hint={t("rule.triggers.auto")}><TriggerFields {...part} /></Section> : null}
        {shows("examples") ? <Section title={t("rule.examples")} fields={[]} isOpen><RuleExamples value={value} /></Section> : null}
      </div>
    </RuleProblems>
  );
}

/** What the rule says against itself is found here, in the reader's language; of what came from elsewhere only the rest is added. */
function problemsOf(value: RuleDraft, errors: readonly FieldError[], isStrict: boolean, language: Language): FieldError[] {
  const offer = offerOf(value);
  const own = (offer ? check(offer, language) : []).map(({ code, fields: [field], message }): FieldError => ({ field, code, message }));
  const rest = errors.filter((one) => !own.some((known) => known.field === one.field && known.code === one.code));
  return [...own, ...rest, ...(isStrict ? missingFields(value) : [])];
}

function KindChoice({ value, onChange, kinds }: RulePart & { kinds: readonly RuleDraft["kind"][] }) {
  const { t } = useTranslation();
  return (
    <RuleField label={t("rule.kind")} field="kind" help={t(`ruleKindHelp.${value.kind}`)}>
      {(control) => <Select<RuleDraft["kind"]> {...control} className="rule-wide" value={value.kind} onChange={(kind) => onChange(withKind(value, kind))} options={kinds.map((one) => ({ value: one, label: t(`ruleKind.${one}`) }))} />}
    </RuleField>
  );
}

interface SectionProps {
  title: string;
  /** Open from the start: what is set is seen. */
  isOpen: boolean;
  /** What holds while nothing is set. */
  hint?: string;
  /** The fields inside, to open it for their refusals. */
  fields: readonly string[];
  children: ReactNode;
}

/** Stays as people leave it; a refusal inside opens it. */
function Section({ title, isOpen, hint, fields, children }: SectionProps) {
  const [isShown, setShown] = useState(isOpen);
  const problems = useContext(RuleProblems);
  const isWrong = problems.some((one) => fields.some((field) => one.field === field || one.field.startsWith(`${field}.`)));
  useEffect(() => {
    if (isWrong) setShown(true);
  }, [isWrong]);
  return (
    <details className="rule-section" open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary><h3>{title}</h3>{isOpen || !hint ? null : <span className="rule-soft">{hint}</span>}</summary>
      <div className="rule-section-body">{children}</div>
    </details>
  );
}

function isSet<T extends object>(value: T | null | undefined, fields: readonly (keyof T)[]): boolean {
  return fields.some((field) => {
    const one = value?.[field];
    return Array.isArray(one) ? one.length > 0 : Boolean(one);
  });
}

function UndoButtons({ undo, redo, canUndo, canRedo }: Undo) {
  const { t } = useTranslation();
  return (
    <span className="rule-undo">
      <Button size="small" icon={<UndoOutlined />} aria-label={t("rule.undo")} title={`${t("rule.undo")} Ctrl+Z`} aria-keyshortcuts="Control+Z" disabled={!canUndo} onClick={undo} />
      <Button size="small" icon={<RedoOutlined />} aria-label={t("rule.redo")} title={`${t("rule.redo")} Ctrl+Shift+Z`} aria-keyshortcuts="Control+Shift+Z" disabled={!canRedo} onClick={redo} />
    </span>
  );
}

/** One history for all fields: the browser's own undo knows one field at a time. A field that holds half-typed text lets go of it first. */
function undoKeys(event: KeyboardEvent, { undo, redo }: Undo) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || (key !== "z" && key !== "y")) return;
  event.preventDefault();
  if (event.target instanceof HTMLElement && event.target.matches("input, textarea")) event.target.blur();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}
