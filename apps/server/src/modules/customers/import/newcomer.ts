import { dayOf, instantOf } from "../../../kernel/days.ts";
import { Problem } from "../../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../../kernel/scope.ts";
import { listOpenStores } from "../../org/index.ts";
import { reasonFor, rowKey, type ImportWork, type PreparedRow, type TypedRow } from "../../platform/index.ts";
import { birthdayErrors, type Birthday } from "../birthday.ts";
import { readPhone } from "../fit-phone.ts";
import { digested, type Digested, type IdentityKind } from "../identity.ts";
import { cardNumber, externalId, memberName, tag } from "../member.schema.ts";
import { ownPhones } from "../own-phones.ts";

/** What a run looks up once. */
export interface Surroundings {
  scope: Pick<Scope, "vault" | "zone" | "now">;
  work: ImportWork;
  today: string;
  ownPhones: ReadonlySet<string>;
  /** By id, code and name. */
  stores: ReadonlyMap<string, string>;
  /** Where the one who imports may put members; `null` is everywhere. */
  reach: readonly string[] | null;
}

export async function surroundingsOf(scope: Scope, work: ImportWork): Promise<Surroundings> {
  const stores = await listOpenStores(scope);
  return {
    scope, work, today: dayOf(scope.now, scope.zone), ownPhones: await ownPhones(scope), reach: visibleStores(scope.actor),
    stores: new Map(stores.flatMap((store) => [[store.name, store.id], [store.code, store.id], [store.id, store.id]] as const)),
  };
}

/** What a row says of a member, as it may be written. */
export interface MemberValues {
  name?: string;
  phone?: string;
  externalId?: string;
  card?: string;
  memberNo?: string;
  gender?: "unknown" | "female" | "male" | "other";
  birthday?: Birthday;
  store?: string;
  joinedAt?: string;
  tags?: readonly string[];
  address?: string;
  /** Own fields of the tenant, as `custom.<key>`. */
  [custom: `custom.${string}`]: unknown;
}

export interface Newcomer extends PreparedRow {
  values: MemberValues & Readonly<Record<string, unknown>>;
  identities: readonly Digested[];
}

const MAX_TAGS = 20;
const MAX_ADDRESS = 200;
const MEMBER_NO = /^\d{10}$/;

/** Reads a row's values as a member's, and names what cannot be one. No database is asked. */
export function newcomerOf(around: Surroundings, row: TypedRow): Newcomer {
  const reasons = [...row.reasons];
  const blame: Blame = (field, code, value, message) => void reasons.push(reasonFor(field, code, value === undefined ? null : String(value).slice(0, 60), message));
  const values = { ...row.values, ...plainTexts(row.values, blame), ...phoneOf(around, row.values, blame), ...daysOf(around, row.values, blame), ...storeOf(around, row.values, blame) };
  const identities = reasons.length > 0 ? [] : identitiesOf(around.scope, values);
  if (reasons.length === 0 && identities.length === 0 && !values["memberNo"] && !values["name"]) blame("name", "nobody");
  return { ...row, values, reasons, identities, keys: keysOf(around, values, identities) };
}

type Blame = (field: string, code: string, value?: unknown, message?: string) => undefined;
type Given = Readonly<Record<string, unknown>>;

function plainTexts(given: Given, blame: Blame): MemberValues {
  const fits = { name: memberName, externalId, card: cardNumber };
  const values: MemberValues = {};
  for (const key of ["name", "externalId", "card"] as const) {
    if (given[key] === undefined) continue;
    const read = fits[key].safeParse(given[key]);
    if (read.success) values[key] = read.data;
    else blame(key, "invalid", given[key]);
  }
  if (given["memberNo"] !== undefined && !MEMBER_NO.test(String(given["memberNo"]))) blame("memberNo", "invalid", given["memberNo"]);
  const tags = given["tags"] as readonly string[] | undefined;
  if (tags && (tags.length > MAX_TAGS || tags.some((one) => !tag.safeParse(one).success))) blame("tags", "invalid");
  if (String(given["address"] ?? "").length > MAX_ADDRESS) blame("address", "too-long");
  return values;
}

function phoneOf({ ownPhones: ours }: Surroundings, given: Given, blame: Blame): MemberValues {
  if (given["phone"] === undefined) return {};
  const typed = String(given["phone"]);
  try {
    const phone = readPhone(typed);
    if (ours.has(phone)) blame("phone", "store-phone", typed);
    return { phone };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [first] = error.extra.errors ?? [];
    blame("phone", first?.code ?? "invalid", typed, first?.message);
    return {};
  }
}

function daysOf({ scope, today }: Surroundings, given: Given, blame: Blame): MemberValues {
  const values: MemberValues = {};
  if (typeof given["birthday"] === "string") {
    const [, year, month, day] = /^(\d+|-)-(\d+)-(\d+)$/.exec(given["birthday"]) ?? [];
    values.birthday = { calendar: "solar", ...(year === "-" ? {} : { year: Number(year) }), month: Number(month), day: Number(day) };
    const [wrong] = birthdayErrors(values.birthday, today);
    if (wrong) blame("birthday", wrong.code, given["birthday"], wrong.message);
  }
  if (typeof given["joinedAt"] === "string") {
    const at = instantOf(given["joinedAt"], scope.zone);
    if (at > scope.now) blame("joinedAt", "in-the-future", given["joinedAt"]);
    values.joinedAt = at.toISOString();
  }
  return values;
}

function storeOf({ stores, reach, work }: Surroundings, given: Given, blame: Blame): MemberValues {
  const named = given["store"] === undefined ? undefined : String(given["store"]);
  const store = named === undefined ? work.mapping.storeId : stores.get(named);
  if (named !== undefined && !store) return blame("store", "unknown", named) ?? {};
  if (store && reach && !reach.includes(store)) blame("store", "out-of-reach", named);
  return named !== undefined && store ? { store } : {};
}

/** `kept`: their digests in base64, where somebody has worked them out already. */
export function identitiesOf(scope: Pick<Scope, "vault">, values: MemberValues, kept: readonly string[] = []): Digested[] {
  const given: [IdentityKind, string | undefined][] = [["external", values.externalId], ["phone", values.phone], ["card", values.card]];
  return given.flatMap(([kind, value]) => (value === undefined ? [] : [{ kind, value }])).map((one, at) => {
    const digest = kept[at];
    return digest === undefined ? digested(scope, one) : { ...one, digest: Buffer.from(digest, "base64") };
  });
}

/** What a second row of the file may not say again. */
function keysOf({ scope }: Surroundings, { memberNo }: MemberValues, identities: readonly Digested[]): number[] {
  const digests = identities.map((one) => one.digest);
  if (memberNo) digests.push(scope.vault.digest(memberNo, "customers.member-no"));
  return digests.map(rowKey);
}
