import { cappedCount } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import { gramsOfQuery, unprovenRuns } from "./grams.ts";
import type { Ask, FoundRow, Statement } from "./search.statement.ts";

/** The newest that are looked through first: a text that one in two hundred holds fills a page from them. */
const WALK = 5_000;
/** A text that fills a page by walking is counted up to here only: each one counted is a page read somewhere else. */
const COUNTED = 1_000;

export interface SearchedText {
  grams: readonly string[];
  /** Parts that need a second look. */
  unproven: readonly string[];
}

export const textOf = (q: string): SearchedText => ({ grams: gramsOfQuery(q), unproven: unprovenRuns(q) });

export interface Found {
  rows: FoundRow[];
  count?: { value: number; capped: boolean } | undefined;
}

/**
 * The newest members with a text. A common one (a surname, two letters) fills the page from the newest few thousand; a rarer
 * one is collected through the index over grams. Postgres, left to choose, walks for the few and looks at everybody for the many.
 */
export async function findByText(scope: Scope, statement: Statement, text: SearchedText, page: { limit: number; isCounted: boolean; isNarrower: boolean }): Promise<Found> {
  const ask: Ask = (bind) => [`m.grams @> ${bind(text.grams)}::text[]`, ...text.unproven.map((run) => holds(bind(run)))].join(" and ");
  const rows = await statement.walk(scope, page.limit, ask, WALK);
  if (rows.length === page.limit) return { rows, count: page.isCounted && !page.isNarrower ? await countByGrams(scope, text) : undefined };
  const collected = await statement.collect(scope, page.limit, ask);
  return { rows: collected, count: page.isCounted ? cappedCount(collected[0]?.matching ?? 0) : undefined };
}

/** The same as one condition more, for a list that somebody wants in another order: found through the index, whatever their number. */
export function whereText(statement: Statement, text: SearchedText): void {
  const held = text.unproven.map((run) => ` and ${holds(statement.bind(run))}`).join("");
  statement.where(`m.id in (select g.id from customers.member_gram g where g.tenant_id = $1 and g.grams @> ${statement.bind(text.grams)}::text[])${held}`);
}

async function countByGrams(scope: Scope, text: SearchedText): Promise<Found["count"]> {
  if (text.unproven.length > 0) return undefined;
  const [row] = await scope.tx.rows<{ count: number }>(
    `select count(*) as count from (select 1 from customers.member_gram where tenant_id = $1 and grams @> $2::text[] limit ${COUNTED + 1}) as matching`, [scope.tenantId, text.grams]);
  return cappedCount(row?.count ?? 0, COUNTED);
}

/** The second look at a long text, whose pairs may stand elsewhere in another order and whose letters may go on otherwise. */
const holds = (run: string): string =>
  `(strpos(m.name_pinyin, ${run}) > 0 or strpos(m.name_initials, ${run}) > 0 or strpos(lower(replace(normalize(m.name, nfkc), ' ', '')), ${run}) > 0
    or exists (select 1 from customers.member_tag t where t.tenant_id = $1 and t.member_id = m.id and strpos(lower(replace(t.tag, ' ', '')), ${run}) > 0))`;
