import type { Language } from "@shuke/api/words";
import type { Database } from "../../../kernel/db/database.ts";
import type { SentFile } from "../../../kernel/http/file.ts";
import { forbidden, notFound } from "../../../kernel/problem.ts";
import { may, type Caller } from "../../../kernel/scope.ts";
import { newSheetFile } from "../export/reading.ts";
import { extensions, mediaTypes, type Format, type Mark } from "../export/sheet-file.ts";
import { hinted } from "./hint.ts";
import type { CellKind } from "./import.schema.ts";
import { headersOf, nameIn } from "./suggest.ts";
import type { ImportTarget, TargetDescription, TargetField } from "./target.ts";
import { targetOf, writable } from "./targets.ts";

interface Wish {
  key: string;
  format: Format;
  language: Language;
}

/** Options that a cell names; the second sheet of a workbook has all of them. */
const MAX_OPTIONS = 20;
const BETWEEN: Readonly<Record<Language, string>> = { "zh-CN": "；", en: "; " };
const WORDS: Readonly<Record<Language, { file: string; sheet: string; titles: readonly string[]; required: string; identifier: string; reference: string; more: string; kinds: Readonly<Record<CellKind, string>> }>> = {
  "zh-CN": {
    file: "导入模板", sheet: "填写说明", titles: ["列", "怎样填写"], required: "必填", identifier: "可用来识别已有的", reference: "填对方的名称或编号", more: "等",
    kinds: {
      text: "文字", phone: "手机号，如 13800000000", number: "数字，如 12.5", money: "金额（元），如 128.00", date: "日期，如 2026-01-31", birthday: "生日，如 1990-01-31 或 01-31", instant: "时间，如 2026-01-31 18:30",
      boolean: "是 或 否", choice: "选一个：", choices: "可填多个，用、隔开", store: "门店名称或编码",
    },
  },
  en: {
    file: "Import template", sheet: "How to fill it in", titles: ["Column", "What goes there"], required: "Required", identifier: "Recognises the known", reference: "Name or number of what it refers to", more: " and more",
    kinds: {
      text: "Text", phone: "A phone, like 13800000000", number: "A number, like 12.5", money: "An amount in yuan, like 128.00", date: "A date, like 2026-01-31", birthday: "A birthday, like 1990-01-31 or 01-31", instant: "A time, like 2026-01-31 18:30",
      boolean: "Yes or No", choice: "One of: ", choices: "One or more, between commas", store: "Name or code of a store",
    },
  },
};

/** An empty file with a target's columns as the caller may write them, and a line that tells how to fill them in. Throws `notFound`, `forbidden`. */
export async function importTemplate(database: Database, caller: Caller, targets: readonly ImportTarget[], { key, format, language }: Wish): Promise<SentFile> {
  const { name: brand } = await database.tenants.get(caller.tenantId);
  return database.inScope(caller, async (scope) => {
    const { description } = await targetOf(scope, targets, key) ?? {};
    if (!description) throw notFound();
    if (!may(scope.actor, description.can)) throw forbidden({ permission: description.can });
    const words = WORDS[language];
    const name = `${words.file}-${nameIn(language, description)}`;
    const mark: Mark = { exportId: null, brand, list: name, by: "name" in scope.actor ? scope.actor.name : "", at: scope.now, zone: scope.zone, language, isWhole: false };
    return { name: `${name}.${extensions[format]}`, mediaType: mediaTypes[format], bytes: sheetOf(description, { format, language, mark }) };
  });
}

function sheetOf(description: TargetDescription, { format, language, mark }: { format: Format; language: Language; mark: Mark }): Buffer {
  const fields = writable(description.fields);
  const headers = headersOf(fields, language);
  const { sheet, titles } = WORDS[language];
  const lines = fields.map((field, at) => [headers[at] ?? "", hintOf(field, language, Infinity)]);
  const file = newSheetFile(format, { ...mark, guide: { sheet, lines: [titles, ...lines] } });
  return Buffer.concat([file.head(headers), file.rows([fields.map((field) => hinted(language, hintOf(field, language, MAX_OPTIONS)))]), file.end()]);
}

function hintOf(field: TargetField, language: Language, most: number): string {
  const words = WORDS[language];
  const kind = field.isReference ? words.reference : words.kinds[field.kind] + optionsOf(field, language, most);
  return [...(field.isRequired ? [words.required] : []), ...(field.isIdentifier ? [words.identifier] : []), kind].join(BETWEEN[language]);
}

/** Several words may mean one option: the first of them is its name. */
function optionsOf({ kind, options = [] }: TargetField, language: Language, most: number): string {
  const names = options.filter(({ key }, at) => options.findIndex((one) => one.key === key) === at).map((one) => nameIn(language, one));
  if (names.length === 0) return "";
  const isEnglish = language === "en";
  const shown = names.slice(0, most).join(isEnglish ? ", " : "、") + (names.length > most ? WORDS[language].more : "");
  return kind === "choice" ? shown : `${isEnglish ? ": " : "："}${shown}`;
}
