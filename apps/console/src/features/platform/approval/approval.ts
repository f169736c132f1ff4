import type { ConsoleSchemas } from "@shuke/api";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../../design/money.ts";

export type Approval = ConsoleSchemas["Approval"];
export type ApprovalSummary = ConsoleSchemas["ApprovalSummary"];
export type Chain = ConsoleSchemas["ApprovalChain"];
export type ChainStep = ConsoleSchemas["ApprovalStep"];
export type Waiting = ConsoleSchemas["ApprovalWaiting"];
type Unit = ApprovalSummary["unit"] | ConsoleSchemas["ApprovalFact"]["unit"];

/** What a decision changes for this person's lists. */
export const approvalRefreshes = [["/approvals"], ["approval"], ["/todos"], ["/todo-counts"], ["/withdrawals"]] as const;
export const stateColours = { waiting: "processing", approved: "success", rejected: "error", withdrawn: "default" } as const;
export const levels = ["store", "city", "region", "headquarters"] as const;

/** Which of two languages the server's words are shown in. */
export function useWords() {
  const { i18n } = useTranslation();
  return ({ zh, en }: { zh: string; en: string }) => (i18n.language.startsWith("zh") ? zh : en);
}

export function quantity(t: TFunction, unit: Unit, value: string | number): string {
  if (typeof value === "string") return value;
  if (unit === "fen") return formatFen(value);
  return unit === "text" || unit === "count" ? value.toLocaleString("en-US") : t(`approval.quantity.${unit}`, { value: value.toLocaleString("en-US") });
}

const builtInSteps: ReadonlySet<string> = new Set(["above-limit", "withdrawal"]);
/** What requests say that were asked when the built-in steps had a name for all readers. */
const formerNames: Readonly<Record<string, string>> = { 超出本人上限: "above-limit", 退还审批: "withdrawal" };
/** What a step is called: the built-in ones by their code in the reader's language, those that a brand named by that name. */
export function stepName(t: TFunction, name: string): string {
  const code = formerNames[name] ?? name;
  return builtInSteps.has(code) ? t(`approval.builtIn.${code}`) : name;
}

/** Not done yet: somebody has to agree first. */
export const isWaiting = (answer: unknown): answer is Waiting => typeof answer === "object" && answer !== null && "state" in answer && answer.state === "waiting" && "requestId" in answer;
