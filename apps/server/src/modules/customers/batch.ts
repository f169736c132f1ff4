import type { JoinedVia } from "../../events/customers.ts";
import { dayOf } from "../../kernel/days.ts";
import { Problem, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import type { MemberWrite } from "./batch.writes.ts";
import { birthdayErrors, type Birthday } from "./birthday.ts";
import { readPhone } from "./fit-phone.ts";
import { digested, holdersOf, type Digested, type IdentityKind } from "./identity.ts";
import { birthdayOf, openPhone, type Gender, type MemberRow } from "./member.row.ts";
import { lockMembers, memberRows, tagsOf } from "./member.view.ts";
import { ownPhones } from "./own-phones.ts";
import { resolveStores } from "./store.ts";
import { changeMembers, createMembers, type MemberChange } from "./takeover.ts";

/** A guest as another system knows them. What is left out stays as it is. */
export interface MemberLine {
  externalId: string;
  phone?: string | undefined;
  name?: string | undefined;
  gender?: Gender | undefined;
  birthday?: Birthday | undefined;
  card?: string | undefined;
  storeId?: string | undefined;
  storeCode?: string | undefined;
  joinedAt?: string | undefined;
  tags?: readonly string[] | undefined;
  address?: string | undefined;
}

export interface LineOutcome {
  externalId: string;
  outcome: "created" | "updated" | "unchanged" | "refused";
  memberId?: string;
  errors?: FieldError[];
}

interface Plan extends MemberLine {
  at: number;
  storeFound: string | null;
  memberId: string | undefined;
  identities: (Digested & { holder: string | undefined })[];
}

/**
 * Takes over up to 1,000 guests by external id, in a dozen statements whatever their number. A line that cannot be taken is
 * refused with its reasons and leaves the others alone; lines that change nothing write nothing.
 */
export async function upsertMembers(scope: Scope, lines: readonly MemberLine[], via: JoinedVia): Promise<LineOutcome[]> {
  const stores = await resolveStores(scope, lines, "members");
  const refused = new Map<number, FieldError[]>();
  const refuse = (at: number, errors: FieldError[]) => refused.set(at, [...(refused.get(at) ?? []), ...errors]);
  const read = await readLines(scope, lines, refuse);
  const plans = await recognise(scope, read.map((line) => ({ ...line, storeFound: stores[line.at] ?? null })), refuse);
  const accepted = plans.filter((plan) => !refused.has(plan.at));
  const changed = await updateKnown(scope, accepted.filter((plan) => plan.memberId));
  const created = await createNew(scope, accepted.filter((plan) => !plan.memberId), via);
  const outcomes = new Map([...changed, ...created].map((outcome) => [outcome.externalId, outcome]));
  const wrote = [...outcomes.values()].filter(({ outcome }) => outcome !== "unchanged").length;
  if (wrote > 0) audit(scope, { action: "member.import", subjectKind: "batch", subjectId: newId(scope), after: { created: created.length, updated: wrote - created.length } });
  return lines.map((line, at) => {
    const errors = refused.get(at);
    if (errors) return { externalId: line.externalId, outcome: "refused", errors };
    return outcomes.get(line.externalId) ?? { externalId: line.externalId, outcome: "unchanged" };
  });
}

type Refuse = (at: number, errors: FieldError[]) => void;

async function readLines(scope: Scope, lines: readonly MemberLine[], refuse: Refuse): Promise<(MemberLine & { at: number })[]> {
  const ours = await ownPhones(scope);
  const today = dayOf(scope.now, scope.zone);
  const seen = new Set<string>();
  return lines.map((line, at) => {
    const place = `members.${at}`;
    const phone = phoneOf(line.phone, `${place}.phone`, ours, (errors) => refuse(at, errors));
    if (line.birthday) {
      const errors = birthdayErrors(line.birthday, today, `${place}.birthday`);
      if (errors.length > 0) refuse(at, errors);
    }
    for (const [field, value] of [["externalId", line.externalId], ["phone", phone], ["card", line.card]] as const) {
      if (value === undefined) continue;
      if (seen.has(`${field} ${value}`)) refuse(at, [{ field: `${place}.${field}`, code: "repeated", message: "another line of this batch has it" }]);
      seen.add(`${field} ${value}`);
    }
    return { ...line, phone, at };
  });
}

function phoneOf(typed: string | undefined, field: string, ours: ReadonlySet<string>, refuse: (errors: FieldError[]) => void): string | undefined {
  if (typed === undefined) return undefined;
  try {
    const phone = readPhone(typed, field);
    if (!ours.has(phone)) return phone;
    refuse([{ field, code: "store-phone", message: "this is the phone of a store, not of a guest" }]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refuse(error.extra.errors ?? []);
  }
  return undefined;
}

/** Finds who is a member already: by external id, else by phone, else by card. */
async function recognise(scope: Scope, lines: readonly Omit<Plan, "memberId" | "identities">[], refuse: Refuse): Promise<Plan[]> {
  const given = lines.map((line) => identitiesOf(scope, line));
  const holders = await holdersOf(scope, given.flat());
  let next = 0;
  return lines.map((line, at) => {
    const identities = (given[at] ?? []).map((one) => ({ ...one, holder: holders[next++] }));
    const memberId = identities.find(({ holder }) => holder)?.holder;
    for (const { kind, holder } of identities) {
      if (holder && holder !== memberId) refuse(line.at, [{ field: `members.${line.at}.${kind}`, code: "taken", message: "belongs to another member" }]);
    }
    return { ...line, memberId, identities };
  });
}

/** The strongest first. */
const identitiesOf = (scope: Scope, line: MemberLine): Digested[] => {
  const given: [IdentityKind, string | undefined][] = [["external", line.externalId], ["phone", line.phone], ["card", line.card]];
  return given.flatMap(([kind, value]) => (value === undefined ? [] : [digested(scope, { kind, value })]));
};

/** What is nobody's yet. */
const newIdentities = (plan: Plan): Digested[] => plan.identities.flatMap(({ holder, ...identity }) => (holder ? [] : [identity]));

async function createNew(scope: Scope, plans: readonly Plan[], via: JoinedVia): Promise<LineOutcome[]> {
  const newcomers = plans.map((plan) => ({
    id: newId<"member">(scope), name: plan.name ?? "", gender: plan.gender ?? "unknown", birthday: plan.birthday ?? null, phone: plan.phone, storeId: plan.storeFound,
    joinedAt: plan.joinedAt ? new Date(plan.joinedAt) : scope.now, tags: plan.tags ?? [], identities: newIdentities(plan), address: plan.address, externalId: plan.externalId,
  }));
  await createMembers(scope, newcomers, via);
  return newcomers.map(({ id, externalId }) => ({ externalId, outcome: "created", memberId: id }));
}

async function updateKnown(scope: Scope, plans: readonly Plan[]): Promise<LineOutcome[]> {
  if (plans.length === 0) return [];
  const ids = [...new Set(plans.flatMap((plan) => plan.memberId ?? []))];
  await lockMembers(scope, ids);
  const rows = new Map((await memberRows(scope, ids)).map((row) => [row.id, row]));
  const tags = await tagsOf(scope, ids);
  const changes = plans.flatMap((plan): (MemberChange & { externalId: string })[] => {
    const row = rows.get(plan.memberId ?? "");
    const tagsBefore = tags.get(plan.memberId ?? "") ?? [];
    return row ? [{ row, tagsBefore, write: changeOf(scope, row, tagsBefore, plan), identities: newIdentities(plan), address: plan.address, externalId: plan.externalId }] : [];
  });
  await changeMembers(scope, changes);
  return changes.map(({ row, write, identities, externalId }) => ({ externalId, outcome: write || identities.length > 0 ? "updated" : "unchanged", memberId: row.id }));
}

/** What to write for a member, or nothing when the line says what is known. */
function changeOf(scope: Scope, row: MemberRow, tags: readonly string[], plan: Plan): MemberWrite | undefined {
  const known = birthdayOf(row);
  const phone = openPhone(scope, row);
  const isSame = (plan.name === undefined || plan.name === row.name) && (plan.gender === undefined || plan.gender === row.gender)
    && (plan.birthday === undefined || isSameBirthday(plan.birthday, known)) && (plan.phone === undefined || plan.phone === phone)
    && (plan.storeFound === null || plan.storeFound === row.home_store_id) && (plan.tags ?? []).every((tag) => tags.includes(tag));
  if (isSame) return undefined;
  return {
    id: row.id, name: plan.name ?? row.name, gender: plan.gender ?? row.gender, birthday: plan.birthday ?? known,
    phone: plan.phone ?? phone, storeId: plan.storeFound ?? row.home_store_id, joinedAt: row.joined_at, tags: [...new Set([...tags, ...(plan.tags ?? [])])],
  };
}

const isSameBirthday = (a: Birthday, b: Birthday | null): boolean =>
  b !== null && a.calendar === b.calendar && a.year === b.year && a.month === b.month && a.day === b.day && (a.leap ?? false) === (b.leap ?? false);
