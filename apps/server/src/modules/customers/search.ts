import { cappedCount, decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { customSort, sortedPage, type Sort, type Write } from "../objects/index.ts";
import { searchText } from "./grams.ts";
import { digestOf, findByIdentity } from "./identity.ts";
import type { MemberProfile } from "./member.schema.ts";
import { getMembers } from "./member.view.ts";
import { findMemberByNumber } from "./lookup.ts";
import { isMemberNumber } from "./member-number.ts";
import { mainlandMobile } from "./phone.ts";
import { Statement, type FoundRow } from "./search.statement.ts";
import { findByText, textOf, whereText, type SearchedText } from "./search.text.ts";

export interface MemberQuery {
  /** Phone, its last four digits, name, pinyin, initials, member number, card number, external id or tag. */
  q?: string | undefined;
  tag?: string | undefined;
  storeId?: string | undefined;
  /** an own field's key, with a minus for the greatest first */
  sort?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  /** `false` for who only wants the first few. */
  isCounted?: boolean;
}

/** A condition on a member's id from the module that knows it; `bind` puts a value among the statement's parameters, $1 is the tenant. */
export type Within = (bind: (value: unknown) => string, memberId: string) => string;

export interface MemberPage extends Page<MemberProfile> {
  count?: { value: number; capped: boolean };
}

/**
 * Members, newest first or by an own field, of the stores that the caller may see. Balances and tier are for the caller to add.
 * `within` limits the list further, as to a tier.
 */
export async function listMembers(scope: Scope, query: MemberQuery, within?: Within): Promise<MemberPage> {
  const sort = await customSort(scope, "member", query.sort);
  const statement = limited(scope, query, within);
  const text = await narrow(scope, statement, query.q?.trim() ?? "");
  if (sort && text) whereText(statement, text);
  const isCounted = query.cursor === undefined && query.isCounted !== false;
  const count = isCounted && (sort || !text) ? cappedCount(await statement.count(scope)) : undefined;
  if (sort) return shown(scope, await sortedFrom(scope, statement, sort, query), count);
  if (!text) return shown(scope, await newestFrom(scope, statement, query), count);
  after(statement, query.cursor);
  const isNarrower = query.storeId !== undefined || query.tag !== undefined || within !== undefined || visibleStores(scope.actor) !== null;
  const found = await findByText(scope, statement, text, { limit: query.limit + 1, isCounted, isNarrower });
  return shown(scope, pageOf(found.rows, query.limit), found.count);
}

type Asked = Pick<MemberQuery, "limit" | "cursor">;

const pageOf = (rows: readonly FoundRow[], limit: number): Page<FoundRow> => pageFrom(rows, limit, (row) => row, (row) => [row.joined_at.toISOString(), row.id]);

function after(statement: Statement, cursor: string | undefined): void {
  const [joinedAt, id] = decodeCursor(cursor, 2) ?? [];
  if (typeof joinedAt !== "string" || typeof id !== "string") return;
  const [at, last] = [statement.bind(new Date(joinedAt)), statement.bind(id)];
  statement.where(`m.joined_at <= ${at} and (m.joined_at < ${at} or m.id > ${last}::uuid)`);
}

async function newestFrom(scope: Scope, statement: Statement, { limit, cursor }: Asked): Promise<Page<FoundRow>> {
  after(statement, cursor);
  return pageOf(await statement.list(scope, limit + 1), limit);
}

const sortedFrom = (scope: Scope, statement: Statement, sort: Sort, asked: Asked): Promise<Page<FoundRow>> => sortedPage<FoundRow>(sort, asked, {
  filled: (order, limit) => statement.sorted(scope, limit, order),
  empty: (order, rest) => {
    const others = statement.copy();
    others.where(order.isEmpty("m"));
    return newestFrom(scope, others, rest);
  },
});

async function shown(scope: Scope, page: Page<FoundRow>, count: MemberPage["count"]): Promise<MemberPage> {
  return { items: await getMembers(scope, page.items.map((row) => row.id)), nextCursor: page.nextCursor, ...(count ? { count } : {}) };
}

/** Those whom the list shows the caller. */
export const memberReach = (scope: Scope, storeId: string | undefined): Write => (bind, alias) => {
  const stores = visibleStores(scope.actor);
  return [
    `${alias}.state in ('active', 'frozen')`, ...(stores ? [`${alias}.home_store_id = any(${bind(stores)}::uuid[])`] : []), ...(storeId ? [`${alias}.home_store_id = ${bind(storeId)}`] : []),
  ].join(" and ");
};

function limited(scope: Scope, query: MemberQuery, within: Within | undefined): Statement {
  const statement = new Statement([scope.tenantId]);
  statement.where(memberReach(scope, query.storeId)((value) => statement.bind(value), "m"));
  if (query.tag) statement.where(`m.id in (select t.member_id from customers.member_tag t where t.tenant_id = $1 and t.tag = ${statement.bind(query.tag)})`);
  if (within) statement.where(within((value) => statement.bind(value), "m.id"));
  return statement;
}

const LAST_FOUR = /^\d{4}$/;
/** The beginning of a member number, of ten digits. */
const START_OF_NUMBER = /^\d{5,9}$/;

/** Narrows to those who are named exactly; answers the text to look for where nobody is. */
async function narrow(scope: Scope, statement: Statement, typed: string): Promise<SearchedText | undefined> {
  const q = searchText(typed);
  if (!q) return undefined;
  const exact = await exactly(scope, typed.normalize("NFKC"));
  if (exact.length > 0) statement.where(`m.id = any(${statement.bind(exact)}::uuid[])`);
  else if (mainlandMobile(typed)) statement.where("false");
  else if (LAST_FOUR.test(q)) statement.where(`m.phone_last4 = ${statement.bind(q)}`);
  else if (START_OF_NUMBER.test(q)) statement.where(`m.member_no between ${statement.bind(q.padEnd(10, "0"))} and ${statement.bind(q.padEnd(10, "9"))}`);
  else return textOf(q);
  return undefined;
}

/** Whole values, which name one member: a phone, a member number, a card, an id of another system. */
async function exactly(scope: Scope, q: string): Promise<string[]> {
  const phone = mainlandMobile(q);
  const one = phone ? await findByIdentity(scope, "phone", phone) : isMemberNumber(q) ? await findMemberByNumber(scope, q) : undefined;
  if (one) return [one];
  const rows = await scope.tx.rows<{ member_id: string }>(
    `select member_id from customers.identity
      where tenant_id = $1 and ((kind = 'card' and digest = any($2::bytea[])) or (kind = 'external' and digest = $3))`,
    [scope.tenantId, [q, q.toUpperCase(), q.toLowerCase()].map((typed) => digestOf(scope, "card", typed.replaceAll(/\s/g, ""))), digestOf(scope, "external", q)]);
  return rows.map((row) => row.member_id);
}
