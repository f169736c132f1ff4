import type { EarnProgram, EarnRule } from "../src/index.ts";
import { Unsupported, withoutRemark } from "./case.ts";

const RULE = /^(\d+(?:\.\d+)?) points? per (?:(order|unit|item|piece|product)|(\d+(?:\.\d+)?))(?: paid| spent)?(?: on category (\S+))?(?: on product (\S+))?(?: with code (\S+))?$/;

/** "1 point per 1.00 paid on category food", "10 points per order with code PROMO10", "2 points per unit on product tea". */
export function programOf(rule: unknown): EarnProgram {
  const text = withoutRemark(String(rule));
  const match = RULE.exec(text);
  if (!match) throw new Unsupported(`given.rule "${text}"`);
  const [, points, per, amount, category, product, code] = match;
  const items = category || product ? { categories: category ? [category] : null, skus: product ? [product] : null, tags: product ? [`product:${product}`] : null } : null;
  const only = { id: "rule", name: text, scope: items, codes: code ? [code] : null };
  const base = { perFen: 1, points: 0, rules: [] as EarnRule[], zone: "Asia/Shanghai" };
  if (per === "order") return { ...base, rules: [{ ...only, bonusPoints: Number(points) }] };
  if (per !== undefined) return { ...base, rules: [{ ...only, unitPoints: Number(points) }] };
  // Hundredths on both sides keep "0.5 points per 1.00" in whole numbers.
  const rate = { points: Math.round(Number(points) * 100), perFen: Math.round(Number(amount) * 100) * 100 };
  return code ? { ...base, rules: [{ ...only, rate }] } : { ...base, ...rate, items };
}
