import type { TFunction } from "i18next";
import type { Sea } from "./sea.ts";

export type Rules = Pick<Sea, "capacity" | "claimsPerDay" | "idleDays" | "winDays" | "wonStages" | "coolDownDays" | "extensions" | "extensionDays">;

/** The rules of a pool as one would tell them to a colleague; `stages` names the stages from which a record is held for good. */
export function ruleSentences(t: TFunction, rules: Partial<Rules>, stages: string): string[] {
  const { capacity, claimsPerDay, idleDays, winDays, coolDownDays, extensions, extensionDays } = rules;
  const isReturned = Boolean(idleDays) || Boolean(winDays);
  return [
    capacity ? t("sea.says.capacity", { count: capacity }) : t("sea.says.noCapacity"),
    claimsPerDay ? t("sea.says.claims", { count: claimsPerDay }) : "",
    idleDays ? t("sea.says.idle", { count: idleDays }) : "",
    winDays ? t(stages ? "sea.says.win" : "sea.says.term", { count: winDays, stages }) : "",
    isReturned ? "" : t("sea.says.never"),
    stages && isReturned ? t("sea.says.won", { stages }) : "",
    isReturned && extensions && extensionDays ? t("sea.says.extension", { count: extensions, days: extensionDays }) : "",
    coolDownDays ? t("sea.says.coolDown", { count: coolDownDays }) : "",
  ].filter(Boolean);
}
