import { COUNT_CAP, cappedCount, decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { gramsOfQuery, gramsProve, searchText } from "./grams.ts";
import { digestOf, findByIdentity } from "./identity.ts";
import type { MemberProfile } from "./member.schema.ts";
import { getMembers } from "./member.view.ts";
import { findMemberByNumber } from "./lookup.ts";
import { isMemberNumber } from "./member-number.ts";
import { mainlandMobile } from "./phone.ts";

export interface MemberQuery {
  /** Phone, its last four digits, name, pinyin, initials, member number, card number, external id or tag. */
  q?: string | undefined;
  tag?: string | undefined;
  storeId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A condition on a member's id from the module that knows it; `bind` puts a value among the statement's parameters, $1 is the tenant. */
export type Within = (bind: (value: unknown) => string, memberId: string) => string;

export interface MemberPage extends Page<MemberProfile> {
  count?: { value: number; capped: boolean };
}

/**
 * Members, newest first, of the stores that the caller may see. Balances and tier are for the caller to add.
 * `within` limits the list further, as to a tier.
 */
export async function listMembers(scope: Scope, query: MemberQuery, within?: Within): Promise<MemberPage> {
  const statement = new Statement(scope.tenantId);
  statement.where("m.state in ('active', 'frozen')");
  const stores = visibleStores(scope.actor);
  if (stores) statement.where(`m.home_store_id = any(${statement.bind(stores)}::uuid[])`);
  const q = query.q?.trim() ?? "";
  const matches = searchText(q) ? await narrow(scope, statement, q, stores) : undefined;
  const isNarrower = query.storeId !== undefined || query.tag !== undefined || within !== undefined;
  if (query.storeId) statement.where(`m.home_store_id = ${statement.bind(query.storeId)}`);
  if (query.tag) statement.where(`m.id in (select t.member_id from customers.member_tag t where t.tenant_id = $1 and t.tag = ${statement.bind(query.tag)})`);
  if (within) statement.where(within((value) => statement.bind(value), "m.id"));
  const counted = query.cursor === undefined ? countOf(scope, statement, isNarrower, matches) : Promise.resolve(undefined);
  counted.catch(() => {});
  const [joinedAt, id] = decodeCursor(query.cursor, 2) ?? [];
  if (typeof joinedAt === "string" && typeof id === "string") {
    const [at, after] = [statement.bind(new Date(joinedAt)), statement.bind(id)];
    statement.where(`m.joined_at <= ${at} and (m.joined_at < ${at} or m.id > ${after}::uuid)`);
  }
  const rows = await scope.tx.rows<{ id: string; joined_at: Date }>(
    // The offset keeps the two apart: what is asked while walking must not tempt Postgres to look at everybody and sort.
    `select m.id, m.joined_at from (
       select * from customers.member m where m.tenant_id = $1 and ${statement.conditions} order by m.joined_at desc, m.id offset 0) as m
      where ${statement.asked} limit ${statement.bind(query.limit + 1)}`, statement.values);
  const page = pageFrom(rows, query.limit, (row) => row.id, (row) => [row.joined_at.toISOString(), row.id]);
  const [items, count] = [await getMembers(scope, page.items), await counted];
  return { items, nextCursor: page.nextCursor, ...(count ? { count } : {}) };
}

class Statement {
  readonly values: unknown[];
  readonly #conditions: string[] = [];
  readonly #asked: string[] = ["true"];

  constructor(tenantId: string) {
    this.values = [tenantId];
  }

  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  where(condition: string): void {
    this.#conditions.push(condition);
  }

  /** A condition asked of one member after the other, newest first, until a page is full. */
  ask(condition: string): void {
    this.#asked.push(condition);
  }

  get conditions(): string {
    return this.#conditions.join(" and ");
  }

  get asked(): string {
    return this.#asked.join(" and ");
  }
}

const LAST_FOUR = /^\d{4}$/;

/** Up to here the matches of a text are collected and sorted; beyond it they are so dense that the newest are found by walking. */
const DENSE = 3_000;

/** How many members hold the text; nothing where only a second look can tell. */
interface Matches {
  count: number | undefined;
  isDense: boolean;
}

async function narrow(scope: Scope, statement: Statement, typed: string, stores: readonly string[] | null): Promise<Matches | undefined> {
  const exact = await exactly(scope, typed);
  const q = searchText(typed);
  if (exact.length > 0) statement.where(`m.id = any(${statement.bind(exact)}::uuid[])`);
  else if (mainlandMobile(typed)) statement.where("false");
  else if (LAST_FOUR.test(q)) statement.where(`m.phone_last4 = ${statement.bind(q)}`);
  else return narrowByText(scope, statement, q, stores);
  return undefined;
}

/**
 * Few matches are collected from the index over grams and sorted. Very many are so dense among the members that the newest
 * of them are found sooner by walking from the newest member on. The ids travel through here because Postgres, left to
 * choose, walks for the few (300 instead of 3 ms among 100,000 members) and looks at everybody for the many (800 ms).
 */
async function narrowByText(scope: Scope, statement: Statement, q: string, stores: readonly string[] | null): Promise<Matches> {
  const grams = gramsOfQuery(q);
  const given = [scope.tenantId, grams, stores];
  const [row] = await scope.tx.rows<{ count: number }>(`select count(*) as count from (select 1 ${MATCHING} limit ${COUNT_CAP + 1}) as matching`, given);
  const count = row?.count ?? 0;
  const isDense = count > DENSE;
  if (isDense) statement.ask(`m.grams @> ${statement.bind(grams)}::text[]`);
  else statement.where(`m.id = any(${statement.bind((await scope.tx.rows<{ id: string }>(`select id ${MATCHING}`, given)).map((one) => one.id))}::uuid[])`);
  if (!gramsProve(q)) statement.ask(holds(statement.bind(q)));
  return { count: gramsProve(q) || count > COUNT_CAP ? count : undefined, isDense };
}

const MATCHING = `from customers.member_gram where tenant_id = $1 and grams @> $2::text[] and ($3::uuid[] is null or home_store_id = any($3))`;

/** Whole values, which name one member: a phone, a member number, a card, an id of another system. */
async function exactly(scope: Scope, q: string): Promise<string[]> {
  const phone = mainlandMobile(q);
  const one = phone ? await findByIdentity(scope, "phone", phone) : isMemberNumber(q) ? await findMemberByNumber(scope, q) : undefined;
  if (one) return [one];
  const rows = await scope.tx.rows<{ member_id: string }>(
    `select member_id from customers.identity
      where tenant_id = $1 and ((kind = 'card' and digest = $2) or (kind = 'external' and digest = $3))`,
    [scope.tenantId, digestOf(scope, "card", q), digestOf(scope, "external", q)]);
  return rows.map((row) => row.member_id);
}

/** The second look at a text of three characters and more, whose pairs may stand elsewhere in another order. */
const holds = (q: string): string =>
  `(strpos(lower(replace(normalize(m.name, nfkc), ' ', '')), ${q}) > 0 or strpos(m.name_pinyin, ${q}) > 0 or strpos(m.name_initials, ${q}) > 0
    or strpos(m.member_no, ${q}) > 0
    or exists (select 1 from customers.member_tag t where t.tenant_id = $1 and t.member_id = m.id and strpos(lower(replace(t.tag, ' ', '')), ${q}) > 0))`;

async function countOf(scope: Scope, statement: Statement, isNarrower: boolean, matches?: Matches): Promise<{ value: number; capped: boolean } | undefined> {
  if (matches?.count !== undefined && !isNarrower) return cappedCount(matches.count);
  // A dense text with a further condition: counting would take longer than the list.
  if (matches?.isDense) return undefined;
  const [row] = await scope.tx.rows<{ value: number }>(
    `select count(*) as value from (select 1 from customers.member m where m.tenant_id = $1 and ${statement.conditions} and ${statement.asked} limit ${COUNT_CAP + 1}) as counted`,
    [...statement.values]);
  return cappedCount(row?.value ?? 0);
}
