import { IDENTITY_CHANGED, type IdentityChanged, type IdentityStep, type JoinedVia } from "../../events/customers.ts";
import { publish } from "../../kernel/events.ts";
import { problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import type { Birthday } from "./birthday.ts";
import { queueConflict } from "./duplicate/conflict.ts";
import { addIdentities, digestOf, dropIdentities, findByIdentities, overtaken, shownOf, type Identity, type IdentityKind } from "./identity.ts";
import { readIdentity } from "./identity.priority.ts";
import { resolveIdentities, type Brought, type Held, type Resolution } from "./identity.resolution.ts";
import { blockedAmong, identityRules, type IdentityRules } from "./identity.rules.ts";
import { hasLapsed, proves, waysToProve, type Proof } from "./lease.ts";
import { sealPhone, type Gender, type MemberRow } from "./member.row.ts";
import { lockMembers, memberRow } from "./member.view.ts";
import { updateMember } from "./profile.ts";
import { registerMember } from "./registration.ts";

export const nothingToGoBy = problem("customers/nothing-to-go-by", 422, "None of this tells one guest from another");

export interface Traits {
  name?: string | undefined;
  gender?: Gender | undefined;
  birthday?: Birthday | undefined;
}

export interface Identification {
  identities: readonly { kind: IdentityKind; value: string; isVerified?: boolean | undefined }[];
  traits?: Traits | undefined;
  storeId?: string | undefined;
  proof?: Proof | undefined;
  /** The guest says that the number came to them from somebody else. */
  isNewHolder?: boolean | undefined;
  /** Whether a guest whom nobody knows becomes a member. */
  joins: boolean;
  via: JoinedVia;
}

export type Decision = "found" | "created" | "step-up" | "unknown";

export interface Identified {
  memberId: string | null;
  decision: Decision;
  /** What was made of each value, in the order of their worth. */
  steps: IdentityStep[];
  /** Where it is `step-up`: any one of these proves that it is the same person. */
  ways?: string[];
}

/** These alone make nobody a member: they say where somebody is, not who. */
const ANONYMOUS: ReadonlySet<IdentityKind> = new Set(["device"]);
/** With one of these somebody comes on something new, and not only by a number that may have changed hands. */
const OF_A_DEVICE: ReadonlySet<IdentityKind> = new Set(["device", "wechat-openid", "wechat-unionid", "alipay"]);

/**
 * Who somebody is by everything they came with; a guest whom nobody knows joins. Every value's fate is told in the reply, and what changed
 * in the member's history. Two at once for one new guest make one member: the identities' key lets one through, the other looks again.
 */
export async function identify(scope: Scope, wish: Identification): Promise<Identified> {
  const [rules, { brought, steps }] = [await identityRules(scope), await read(scope, wish.identities)];
  if (brought.length === 0) {
    if (wish.joins) throw nothingToGoBy({ steps });
    return { memberId: null, decision: "unknown", steps };
  }
  const found = await resolve(scope, brought, rules);
  const lease = await leaseOf(scope, found, rules, wish);
  if (lease.ways) return stepUp(scope, found, steps, lease.ways);
  const resolution = lease.isReleased ? await release(scope, found, rules) : found;
  steps.push(...(lease.isReleased ? [step("released", { kind: "phone", value: phoneOf(found)?.value ?? "" })] : []),
    ...resolution.demoted.map(({ identity, why }) => step(why, identity)));
  if (resolution.memberId) return link(scope, resolution.memberId, resolution, steps, wish);
  if (!wish.joins || resolution.kept.every((one) => ANONYMOUS.has(one.kind))) return { memberId: null, decision: "unknown", steps: [...steps, ...resolution.kept.map((one) => step("nobody", one))] };
  return join(scope, resolution, steps, wish);
}

/** What would come of these values now, by the rules in force; changes nothing and tells nobody. */
export async function tryIdentities(scope: Scope, identities: Identification["identities"]): Promise<Identified> {
  const { brought, steps } = await read(scope, identities);
  const { memberId = null, kept, demoted } = await resolve(scope, brought, await identityRules(scope));
  const fate = (one: Brought): IdentityStep["code"] => (one.holderId ? "matched" : memberId ? "linked" : ANONYMOUS.has(one.kind) ? "nobody" : "linked");
  const isSomebody = memberId !== null || kept.some((one) => !ANONYMOUS.has(one.kind));
  return { memberId, decision: memberId ? "found" : isSomebody ? "created" : "unknown", steps: [...steps, ...demoted.map(({ identity, why }) => step(why, identity)), ...kept.map((one) => step(fate(one), one))] };
}

const step = (code: IdentityStep["code"], { kind, value }: Identity): IdentityStep => ({ code, kind, shown: shownOf(kind, value) });
const phoneOf = ({ kept }: Resolution<Brought>): Brought | undefined => kept.find((one) => one.kind === "phone");

/** What can be read and is not shared by many; the rest with the reason why it counts for nothing. */
async function read(scope: Scope, given: Identification["identities"]): Promise<{ brought: Identity[]; steps: IdentityStep[] }> {
  const steps: IdentityStep[] = [];
  const readable = new Map<string, Identity>();
  for (const { kind, value, isVerified } of given) {
    const text = readIdentity(kind, value);
    if (text === undefined) steps.push({ code: "unreadable", kind, shown: "…" });
    else readable.set(`${kind} ${text}`, { kind, value: text, isVerified: isVerified === true || readable.get(`${kind} ${text}`)?.isVerified === true });
  }
  const blocked = await blockedAmong(scope, [...readable.values()]);
  steps.push(...[...blocked].map((one) => step("blocked", one)));
  return { brought: [...readable.values()].filter((one) => !blocked.has(one)), steps };
}

async function resolve(scope: Scope, identities: readonly Identity[], { limits }: IdentityRules): Promise<Resolution<Brought>> {
  const kinds = [...Map.groupBy(identities, (one) => one.kind)];
  const holders = new Map<string, string>();
  for (const [kind, some] of kinds) {
    for (const [value, memberId] of await findByIdentities(scope, kind, some.map((one) => one.value))) holders.set(`${kind} ${value}`, memberId);
  }
  const brought = identities.map((one): Brought => ({ ...one, holderId: holders.get(`${one.kind} ${one.value}`) }));
  return resolveIdentities(brought, await heldBy(scope, [...new Set(holders.values())]), limits);
}

/** Under the members' locks, so that two who link at once do not both find room. */
async function heldBy(scope: Scope, memberIds: readonly string[]): Promise<Held> {
  if (memberIds.length === 0) return new Map();
  await lockMembers(scope, memberIds);
  const rows = await scope.tx.rows<{ member_id: string; kind: IdentityKind; count: number }>(
    `select member_id, kind, count(*)::int as count from customers.identity where tenant_id = $1 and member_id = any($2::uuid[]) group by 1, 2`,
    [scope.tenantId, memberIds]);
  return new Map([...Map.groupBy(rows, (row) => row.member_id)].map(([id, kinds]) => [id, new Map(kinds.map((row) => [row.kind, row.count]))]));
}

interface Lease {
  ways?: string[];
  isReleased: boolean;
}

/** Only the phone is known, it was silent for long, and it comes with something new: the number may be somebody else's by now. */
async function leaseOf(scope: Scope, found: Resolution<Brought>, rules: IdentityRules, { proof, isNewHolder }: Identification): Promise<Lease> {
  const known = found.kept.filter((one) => one.holderId);
  const isByPhoneAlone = known.length === 1 && known[0]?.kind === "phone";
  if (!found.memberId || !isByPhoneAlone || !found.kept.some((one) => !one.holderId && OF_A_DEVICE.has(one.kind))) return { isReleased: false };
  const row = await memberRow(scope, found.memberId);
  if (!(await hasLapsed(scope, row, rules.leaseDays)) || proves(row, proof)) return { isReleased: false };
  return isNewHolder ? { isReleased: true } : { isReleased: false, ways: waysToProve(row) };
}

async function stepUp(scope: Scope, found: Resolution<Brought>, steps: IdentityStep[], ways: string[]): Promise<Identified> {
  const told = [...steps, ...found.kept.map((one) => step(one.holderId ? "lapsed" : "waits", one))];
  if (found.memberId) await tell(scope, { memberId: found.memberId, change: "step-up", steps: told });
  return { memberId: null, decision: "step-up", steps: told, ways };
}

/** The number is its new bearer's: taken from the member who had it, who keeps everything else. */
async function release(scope: Scope, found: Resolution<Brought>, rules: IdentityRules): Promise<Resolution<Brought>> {
  const phone = phoneOf(found);
  if (phone?.holderId) {
    await dropIdentities(scope, await memberRow(scope, phone.holderId), [digestOf(scope, "phone", phone.value)]);
    await tell(scope, { memberId: phone.holderId, change: "released", steps: [step("released", phone)] });
  }
  return resolve(scope, found.kept, rules);
}

async function link(scope: Scope, memberId: string, { kept, demoted }: Resolution<Brought>, steps: IdentityStep[], { traits }: Identification): Promise<Identified> {
  const fresh = kept.filter((one) => !one.holderId);
  await addIdentities(scope, fresh.map((one) => ({ ...one, memberId })));
  await verify(scope, kept.filter((one) => one.holderId && one.isVerified));
  const told = [...steps, ...kept.map((one) => step(one.holderId ? "matched" : "linked", one))];
  const row = await memberRow(scope, memberId);
  const phone = fresh.find((one) => one.kind === "phone");
  if (phone && !row.phone_sealed) await keepPhone(scope, memberId, phone.value);
  if (fresh.length > 0 || steps.some((one) => one.code === "belongs-to-another")) await tell(scope, { memberId, change: "linked", steps: told });
  await fillIn(scope, row, traits);
  await queueConflict(scope, memberId, othersOf(demoted));
  return { memberId, decision: "found", steps: told };
}

async function join(scope: Scope, { kept, demoted }: Resolution<Brought>, steps: IdentityStep[], { traits, storeId, via }: Identification): Promise<Identified> {
  const phone = kept.find((one) => one.kind === "phone");
  const { memberId, created } = await registerMember(scope, {
    ...traits, storeId, via, ...(phone ? { phone: phone.value, isPhoneVerified: phone.isVerified ?? false } : {}), identities: kept.filter((one) => one !== phone),
  });
  // Somebody registered the same guest meanwhile: looked at again, with whatever that member has by now.
  if (!created) throw overtaken("the same guest");
  const told = [...steps, ...kept.map((one) => step("linked", one))];
  await tell(scope, { memberId, change: "linked", steps: told });
  await queueConflict(scope, memberId, othersOf(demoted));
  return { memberId, decision: "created", steps: told };
}

/** Whose the rest is. A device is many people's, and says nothing about whom it met. */
const othersOf = (demoted: Resolution<Brought>["demoted"]): string[] => demoted.flatMap(({ identity }) => (ANONYMOUS.has(identity.kind) ? [] : identity.holderId ?? []));

/** What is known of a member stays; only what is empty is filled in. */
async function fillIn(scope: Scope, row: MemberRow, traits: Traits | undefined): Promise<void> {
  const missing: Traits = {
    ...(traits?.name && !row.name ? { name: traits.name } : {}), ...(traits?.gender && row.gender === "unknown" ? { gender: traits.gender } : {}),
    ...(traits?.birthday && !row.birth_calendar ? { birthday: traits.birthday } : {}),
  };
  if (Object.keys(missing).length > 0) await updateMember(scope, row.id, missing);
}

async function verify(scope: Scope, identities: readonly Identity[]): Promise<void> {
  if (identities.length === 0) return;
  await scope.tx.rows("update customers.identity set verified_at = $3 where tenant_id = $1 and digest = any($2::bytea[]) and verified_at is null",
    [scope.tenantId, identities.map((one) => digestOf(scope, one.kind, one.value)), scope.now]);
}

export async function keepPhone(scope: Scope, memberId: string, phone: string): Promise<void> {
  await scope.tx.db.updateTable("customers.member").set({ ...sealPhone(scope, memberId, phone), updated_at: scope.now }).where("id", "=", memberId).execute();
}

/** In the member's history, with a look at each value and none of them in full. */
export async function tell(scope: Scope, change: IdentityChanged): Promise<void> {
  await publish(scope, IDENTITY_CHANGED, change.memberId, change);
  audit(scope, { action: `identity.${change.change}`, subjectKind: "member", subjectId: change.memberId, after: { steps: change.steps }, reason: change.reason });
}
