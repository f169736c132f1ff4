import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { wordsFor } from "@shuke/api/words";
import { describe, expect, it } from "vitest";
import { stepName } from "../features/platform/approval/approval.ts";
import { dictionary as en } from "./en/index.ts";
import { dictionary as zh } from "./zh-CN/index.ts";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const source = join(import.meta.dirname, "..");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && !file.includes("language"));
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe("dictionaries", () => {
  const chinese = flat(zh);
  const english = flat(en);
  /** Only English has a singular; Chinese needs no plural forms at all. */
  const bare = (keys: Iterable<string>) => [...new Set([...keys].map((key) => key.replace(/_(one|other)$/, "")))].sort();

  it("have the same keys", () => {
    expect(bare(english.keys())).toEqual(bare(chinese.keys()));
  });

  it("fill in the same variables", () => {
    const pairs = [...chinese].filter(([key]) => english.has(key));
    const inChinese = pairs.map(([key, text]) => [key, variables(text)]);
    expect(pairs.map(([key]) => [key, variables(english.get(key) ?? "")])).toEqual(inChinese);
  });

  it("hold every key that the code asks for", () => {
    const asked = files.flatMap((file) => [...readFileSync(join(source, file), "utf8").matchAll(/\bt\(\s*"([\w.\-/]+)"/g)].map((match) => match[1] ?? ""));
    const known = new Set(bare(chinese.keys()));
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
  });

  it("hold no key that nothing asks for", () => {
    const code = files.map((file) => readFileSync(join(source, file), "utf8")).join("\n");
    const made = [...code.matchAll(/`((?:[\w.-]|\$\{[^}`]*\})+)`/g)].map(([, text = ""]) => text.split(/\$\{[^}]*\}/)).filter((parts) => parts.length > 1 && parts[0] !== "" && parts.join("").includes("."));
    const patterns = made.map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join(".*")}$`));
    /** A table may hold the beginning of a key: "rule.ways". */
    const isBegun = (key: string) => key.split(".").some((_part, at, all) => at > 1 && code.includes(`"${all.slice(0, at).join(".")}"`));
    expect(bare(chinese.keys()).filter((key) => !code.includes(`"${key}"`) && !isBegun(key) && !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  it("have words for every action that the server writes into the audit log", () => {
    const server = join(source, "../../server/src");
    const code = readdirSync(server, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")).map((file) => readFileSync(join(server, file), "utf8"));
    const written = code.flatMap((text) => [...text.matchAll(/\baudit\(\w+, \{\s*action: (?:[^,"`]*\? )?"([\w.-]+)"(?: : "([\w.-]+)")?/g)].flatMap(([, one = "", other = one]) => [one, other]));
    expect(written.length).toBeGreaterThan(80);
    expect([...new Set(written)].filter((action) => !chinese.has(`auditAction.${action}`))).toEqual([]);
  });

  it("have words for everything that the server tells staff of", () => {
    const server = join(source, "../../server/src");
    const code = readdirSync(server, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")).map((file) => readFileSync(join(server, file), "utf8"));
    const told = code.flatMap((text) => [...text.matchAll(/kind: "(?:mention|approval|announcement|run|system)", title: (?:[^,"`]*\? )?"([\w.-]+)"(?: : "([\w.-]+)")?/g)].flatMap(([, one = "", other = one]) => [one, other]));
    expect(told.length).toBeGreaterThan(5);
    expect([...new Set(told)].filter((title) => !chinese.has(`notice.title.${title}`))).toEqual([]);
  });

  it("have words in one voice for every reason for which an import leaves a row alone", () => {
    const modules = join(source, "../../server/src/modules");
    const judging = ["platform/import", "customers/import", "objects/import", "commerce/import"].flatMap((folder) => readdirSync(join(modules, folder)).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")).map((file) => join(folder, file)));
    const code = [...judging, ...["value", "reference", "unique", "attachment", "save"].map((name) => `objects/${name}.ts`), "customers/fit-phone.ts", "customers/birthday.ts"].map((file) => readFileSync(join(modules, file), "utf8"));
    const told = code.flatMap((text) => [...text.matchAll(/(?:\bcode: |\bwrong\(|\b(?:blame|reasonFor|blocked|conflict|refuse)\((?:(?:[^,()]|\([^)]*\))*, )+)"([a-z-]+)"/g)].map(([, one = ""]) => one));
    expect(told.length).toBeGreaterThan(40);
    // What the schemas of values themselves refuse.
    const refused = ["custom", "invalid_format", "invalid_type", "invalid_value", "too_big", "too_small"];
    const codes = [...new Set([...told, ...refused, "unreadable", "too-large", "used", "referred-to", "in-terms"])];
    // One voice: a clause that stands alone and behind the name of a column, and may be followed by what the cell says.
    expect(codes.filter((code) => !/^\p{Script=Han}[^。]*$/u.test(wordsFor("zh-CN", code) ?? ""))).toEqual([]);
    expect(codes.filter((code) => !/^[A-Z][^.]*$/.test(wordsFor("en", code) ?? ""))).toEqual([]);
  });

  it("have words for the steps of approvals that the server brings itself", () => {
    const server = join(source, "../../server/src");
    const code = readdirSync(server, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("approval.ts")).map((file) => readFileSync(join(server, file), "utf8"));
    const named = code.flatMap((text) => [...text.matchAll(/defaultSteps: \[\{ name: "([^"]+)"/g)].map(([, name = ""]) => name));
    expect(named.length).toBeGreaterThan(1);
    for (const [language, words] of [["zh-CN", chinese], ["en", english]] as const) {
      const t = ((key: string) => words.get(key) ?? "") as never;
      expect(named.map((name) => stepName(t, name)), language).not.toContain("");
      expect(named.filter((name) => stepName(t, name) === name), language).toEqual([]);
      expect(["退还审批", "总部复核"].map((name) => stepName(t, name)), language).toEqual([words.get("approval.builtIn.withdrawal"), "总部复核"]);
    }
  });

  it("leave no English text empty or Chinese", () => {
    for (const [key, text] of english) {
      expect(text, key).not.toBe("");
      expect(text.replace(/¥/g, ""), key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
