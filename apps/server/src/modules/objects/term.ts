import type { Scope } from "../../kernel/scope.ts";
import type { Definition, Field } from "./definition.ts";
import type { Bind, Write } from "./table.ts";

/** A condition on what a text contains, or on which options are chosen. */
export interface AskedTerms {
  field: Field;
  op: string;
  /** options; of a text, what it is to contain */
  keys: readonly string[];
  isTurned: boolean;
}

/** Those who have more in common than so are met again and again on the way through the list. */
const MANY = 10_000;

/**
 * What few have is collected through the index over terms, behind the fence; what many have is looked for while the list is walked. Left to
 * itself Postgres would walk through a million for the few, or collect half of them for a page.
 */
export async function byTerms({ tx, tenantId }: Scope, { table }: Definition, asked: AskedTerms): Promise<Write> {
  const values: unknown[] = [tenantId];
  const rows = `${table.name}_term t where t.tenant_id = $1`;
  const [found] = await tx.rows<{ matching: number }>(
    `select count(*)::int as matching from (select 1 from ${rows} and ${has(asked, "t", (value) => `$${values.push(value)}`)} limit ${MANY + 1}) as matched`, values);
  const isCommon = (found?.matching ?? 0) > MANY;
  return (bind, alias) => {
    const held = isCommon ? has(asked, alias, bind) : `${alias}.id in (select t.id from ${rows} and ${has(asked, "t", bind)})`;
    const all = [held, ...proof(asked, alias, bind)].join(" and ");
    return asked.isTurned ? `(${all}) is not true` : all;
  };
}

function has({ field, op, keys }: AskedTerms, alias: string, bind: Bind): string {
  if (op === "contains") return `${alias}.terms @> objects.terms(jsonb_build_object(${bind(field.id)}::text, ${bind(keys[0])}::text), array[${bind(field.id)}::text])`;
  return `${alias}.terms ${op === "all" ? "@>" : "&&"} ${bind(keys.map((key) => `${field.id}:${key}`))}::text[]`;
}

/** The pairs of a longer text may stand elsewhere, in another order. */
const proof = ({ field, op, keys }: AskedTerms, alias: string, bind: Bind): string[] =>
  (op === "contains" && [...(keys[0] ?? "")].length > 2 ? [`strpos(lower(normalize(${alias}.ext ->> ${bind(field.id)}::text, nfkc)), lower(normalize(${bind(keys[0])}::text, nfkc))) > 0`] : []);
