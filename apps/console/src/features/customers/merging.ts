import type { ConsoleSchemas } from "@shuke/api";
import type { TFunction } from "i18next";
import { formatFen } from "../../design/money.ts";

export type Duplicate = ConsoleSchemas["Duplicate"];
export type DuplicateMember = ConsoleSchemas["DuplicateMember"];
export type DuplicateRun = ConsoleSchemas["DuplicateRun"];
export type Merge = ConsoleSchemas["Merge"];
export type MergeLine = ConsoleSchemas["MergeLine"];
export type MergePreview = ConsoleSchemas["MergePreview"];
export type UndoPreview = ConsoleSchemas["UndoPreview"];
export type MemberIdentity = ConsoleSchemas["MemberIdentity"];

/** What a line of a preview is about; assets of the ledger have their own words. */
export function lineName(t: TFunction, { what }: MergeLine): string {
  if (what === "prepaid.principal") return t("merge.assets.principal");
  if (what === "prepaid.bonus") return t("merge.assets.bonus");
  return what.startsWith("card:") ? t("merge.assets.card") : t(`merge.lines.${what}`, { defaultValue: what });
}

/** Money where it is money, a count where it is a count, words as they are. */
export function lineValue({ what }: MergeLine, value: MergeLine["after"]): string {
  if (value === null) return "—";
  if (typeof value === "string") return value;
  return what.startsWith("prepaid.") ? formatFen(value) : value.toLocaleString("en-US");
}
