import type { Language } from "@shuke/api/words";

/** What the texts of a template begin with that explain its columns. Nobody writes this by themselves. */
const MARKS: Readonly<Record<Language, string>> = { "zh-CN": "#说明#", en: "#Hint#" };
const HINT = /^\s*#(?:说明|Hint)#/i;

export const hinted = (language: Language, text: string): string => `${MARKS[language]} ${text}`;

/** Whether a cell says nothing: hints are left out wherever they stand, so that a row of nothing else is a blank one. */
export const isBlank = (cell: string): boolean => cell.trim() === "" || HINT.test(cell);
