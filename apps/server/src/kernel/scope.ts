import type { Vault } from "./crypto/vault.ts";
import type { Tx } from "./db/tx.ts";
import type { Outbox } from "./events.ts";
import { uuidv7, type Id, type Random } from "./ids.ts";
import { forbidden } from "./problem.ts";

/** Which stores' data somebody may see; `null` is all. */
export interface DataScope {
  kind: "own" | "store" | "region" | "all";
  storeIds: readonly string[] | null;
  /** Paths of the units below which it lies, for what belongs to the organisation itself; `null` is everywhere. */
  roots: readonly string[] | null;
}

export type Actor =
  | { kind: "staff"; staffId: Id<"staff">; name: string; permissions: ReadonlySet<string>; dataScope: DataScope; scopes?: ReadonlyMap<string, DataScope>; sessionId: string }
  | { kind: "member"; memberId: Id<"member">; sessionId: string }
  | { kind: "key"; keyId: Id<"api-key">; name: string; permissions: ReadonlySet<string>; requestsPerMinute: number }
  | { kind: "system"; name: string }
  | { kind: "anonymous" };

/** Who asks, and in which tenant: what an audience's `authenticate` finds out. */
export interface Caller {
  tenantId: string;
  actor: Actor;
  /** address and request id, for the audit log */
  from: { ip: string; requestId: string };
}

/** Everything an operation may know of its surroundings. One request = one scope = one transaction. */
export interface Scope {
  readonly tx: Tx;
  readonly tenantId: string;
  /** The tenant's time zone: business days are counted in it. */
  readonly zone: string;
  readonly actor: Actor;
  readonly from: { ip: string; requestId: string };
  /** The only clock. */
  readonly now: Date;
  readonly random: Random;
  readonly vault: Vault;
  readonly outbox: Outbox;
}

export const newId = <Noun extends string>(scope: Pick<Scope, "now" | "random">): Id<Noun> => uuidv7(scope.now, scope.random);

/** Names the actor in histories: `staff:…`, `key:…`, `member:…`, `system:expiry`. */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case "staff": return `staff:${actor.staffId}`;
    case "member": return `member:${actor.memberId}`;
    case "key": return `key:${actor.keyId}`;
    case "system": return `system:${actor.name}`;
    case "anonymous": return "anonymous";
  }
}

export const may = (actor: Actor, permission: string): boolean =>
  actor.kind === "system" || ((actor.kind === "staff" || actor.kind === "key") && actor.permissions.has(permission));

export function demand(actor: Actor, permission: string): void {
  if (!may(actor, permission)) throw forbidden({ detail: `Needs ${permission}`, permission });
}

/** Where somebody has a permission. `scopes` is there only for those whose roles reach differently far. */
export const scopeOf = (actor: Extract<Actor, { kind: "staff" }>, permission: string): DataScope => actor.scopes?.get(permission) ?? actor.dataScope;

/** The caller as far as this permission reaches: a right that comes from one store's role does not count in another's. */
export function boundTo(caller: Caller, permission: string): Caller {
  const { actor } = caller;
  return actor.kind === "staff" && actor.scopes ? { ...caller, actor: { ...actor, dataScope: scopeOf(actor, permission) } } : caller;
}

/** The stores this actor's lists are limited to, or `null` for no limit. */
export const visibleStores = (actor: Actor): readonly string[] | null => (actor.kind === "staff" ? actor.dataScope.storeIds : null);

export function demandStore(actor: Actor, storeId: string): void {
  const stores = visibleStores(actor);
  if (stores && !stores.includes(storeId)) throw forbidden({ detail: "This store is outside your data scope", storeId });
}

export function memberOf(scope: Scope): Id<"member"> {
  if (scope.actor.kind !== "member") throw forbidden();
  return scope.actor.memberId;
}

export function staffOf({ actor }: Pick<Scope, "actor">): string {
  if (actor.kind !== "staff") throw forbidden();
  return actor.staffId;
}
