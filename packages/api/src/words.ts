import * as en from "./words/en.ts";
import * as zh from "./words/zh-CN.ts";

export type Language = "zh-CN" | "en";

const known: Readonly<Record<Language, Readonly<Record<string, string>>>> = { "zh-CN": { ...zh.fieldWords, ...zh.rowWords }, en: { ...en.fieldWords, ...en.rowWords } };

/** Why a row of an import was left alone; nothing for a code that nobody has words for. */
export const wordsFor = (language: Language, code: string): string | undefined => known[language][code];
