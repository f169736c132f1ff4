import { createContext, type ReactNode, useContext, useId } from "react";
import { useTranslation } from "react-i18next";
import { type FieldError, fieldSentence } from "../../../api/problem.ts";

/** What is wrong with the rule, by field as the wire names it: "steps.1.atAmountFen". */
export const RuleProblems = createContext<readonly FieldError[]>([]);

interface Props {
  label: ReactNode;
  /** Where its refusals are filed; those of places below it are shown here too, unless `isExact`. */
  field?: string;
  isExact?: boolean;
  help?: ReactNode;
  /** A group of controls instead of one. */
  isGroup?: boolean;
  children: (control: { id: string; "aria-describedby"?: string; status?: "error" }) => ReactNode;
}

/** A labelled control with its refusal beside it. */
export function RuleField({ label, field, isExact = false, help, isGroup = false, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const problems = useContext(RuleProblems).filter((one) => field !== undefined && (one.field === field || (!isExact && one.field.startsWith(`${field}.`))));
  const isWrong = problems.length > 0;
  const control = { id, ...(isWrong && { "aria-describedby": `${id}-wrong`, status: "error" as const }) };
  return (
    <div className={isWrong ? "rule-field is-wrong" : "rule-field"} {...(isGroup && { role: "group", "aria-labelledby": `${id}-label` })}>
      {isGroup ? <span className="rule-label" id={`${id}-label`}>{label}</span> : <label className="rule-label" htmlFor={id}>{label}</label>}
      {children(control)}
      {help ? <p className="rule-help">{help}</p> : null}
      {isWrong ? <p className="rule-wrong" id={`${id}-wrong`} role="alert">{[...new Set(problems.map((one) => fieldSentence(t, one)))].join(" · ")}</p> : null}
    </div>
  );
}
