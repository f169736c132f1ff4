import { COUNT_CAP } from "../../kernel/http/page.ts";
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
const MANY = COUNT_CAP;

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
  const write: Write = (bind, alias) => {
    // An array, because among the rows themselves Postgres would rather walk through all of them than look for a few.
    const held = isCommon ? has(asked, alias, bind) : `${alias}.id = any(array(select t.id from ${rows} and ${has(asked, "t", bind)}))`;
    const all = [held, ...proof(asked, alias, bind)].join(" and ");
    return asked.isTurned ? `(${all}) is not true` : all;
  };
  return Object.assign(write, { isCommon: isCommon && !asked.isTurned && !needsProof(asked) });
}

/** What a text is asked for is worked out once, in a statement of its own: beside a row's terms it would be worked out for each row. */
function has({ field, op, keys }: AskedTerms, alias: string, bind: Bind): string {
  if (op === "contains") return `${alias}.terms @> (select objects.terms(jsonb_build_object(${bind(field.id)}::text, ${bind(keys[0])}::text), array[${bind(field.id)}::text]))`;
  return `${alias}.terms ${op === "all" ? "@>" : "&&"} ${bind(keys.map((key) => `${field.id}:${key}`))}::text[]`;
}

/** The pairs of a longer text may stand elsewhere, in another order. */
const needsProof = ({ op, keys }: AskedTerms): boolean => op === "contains" && [...(keys[0] ?? "")].length > 2;
const proof = (asked: AskedTerms, alias: string, bind: Bind): string[] =>
  (needsProof(asked) ? [`strpos(lower(normalize(${alias}.ext ->> ${bind(asked.field.id)}::text, nfkc)), lower(normalize(${bind(asked.keys[0])}::text, nfkc))) > 0`] : []);
