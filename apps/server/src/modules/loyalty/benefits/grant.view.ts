import { decodeCursor, pageFrom } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { tierIdOf } from "../tier-held.view.ts";
import type { Grant, Use } from "./benefits.schema.ts";
import { ensureGrants, isForTier } from "./grant.ts";

const GIVEN: ReadonlySet<string> = new Set(["coupon", "points", "partner-code"]);

/** What a member may take alone, in the app: the others are for a counter. */
export const isGiven = (kind: string): boolean => GIVEN.has(kind);

interface GrantRow {
  id: string;
  benefit_id: string;
  name: string;
  description: string;
  kind: Grant["kind"];
  tier_ids: string[];
  offer_id: string | null;
  period: string;
  quota: number | null;
  used: number;
  valid_from: Date;
  valid_until: Date | null;
}

const MAX_GRANTS = 200;
/** Of benefit b: a promise that the till does not keep just now is none. */
export const OFFER_HOLDS = "(b.offer_id is null or exists (select 1 from promotions.offer o where o.tenant_id = $1 and o.id = b.offer_id and o.state = 'live'))";

/** What a member has a right to now, by position; used up ones last. */
export async function listGrants(scope: Scope, memberId: string): Promise<{ items: Grant[]; nextCursor: null }> {
  await ensureGrants(scope, memberId);
  const [rows, tierId] = await Promise.all([
    scope.tx.rows<GrantRow>(
      `select g.id, g.benefit_id, b.name, b.description, b.kind, b.tier_ids, b.offer_id, g.period, g.quota, g.used, g.valid_from, g.valid_until
         from loyalty.benefit_grant g join loyalty.benefit b on b.tenant_id = $1 and b.id = g.benefit_id
        where g.tenant_id = $1 and g.member_id = $2 and g.valid_from <= $3 and (g.valid_until is null or g.valid_until > $3)
          and (g.period <> 'always' or (b.state = 'live' and ${OFFER_HOLDS}))
        order by coalesce(g.used >= g.quota, false), b.position, g.id limit ${MAX_GRANTS}`, [scope.tenantId, memberId, scope.now]),
    tierIdOf(scope, memberId),
  ]);
  const held = rows.filter((row) => row.period !== "always" || isForTier({ tierIds: row.tier_ids }, tierId));
  return { items: held.map(grantOf), nextCursor: null };
}

function grantOf(row: GrantRow): Grant {
  const left = row.quota === null ? null : row.quota - row.used;
  return {
    id: row.id, benefitId: row.benefit_id, name: row.name, description: row.description, kind: row.kind, period: row.period, quota: row.quota, used: row.used, left,
    validFrom: row.valid_from.toISOString(), validUntil: row.valid_until?.toISOString() ?? null, isClaimable: isGiven(row.kind) && left !== 0,
    isUsable: left !== 0 && row.offer_id === null, isApplied: row.offer_id !== null,
  };
}

interface UseRow {
  id: string;
  grant_id: string;
  benefit_id: string;
  name: string;
  kind: Use["kind"];
  at: Date;
  store_id: string | null;
  order_id: string | null;
  outcome: { couponId?: string; points?: number; code?: string };
  undone_at: Date | null;
  undo_reason: string | null;
}

const USES = `select u.id, u.grant_id, u.benefit_id, b.name, b.kind, u.at, u.store_id, u.order_id, u.outcome, u.undone_at, u.undo_reason
  from loyalty.benefit_use u join loyalty.benefit b on b.tenant_id = $1 and b.id = u.benefit_id where u.tenant_id = $1 and u.member_id = $2`;

const useOf = (row: UseRow): Use => ({
  id: row.id, grantId: row.grant_id, benefitId: row.benefit_id, name: row.name, kind: row.kind, at: row.at.toISOString(), storeId: row.store_id, orderId: row.order_id,
  couponId: row.outcome.couponId ?? null, points: row.outcome.points ?? null, code: row.outcome.code ?? null, undoneAt: row.undone_at?.toISOString() ?? null, undoReason: row.undo_reason,
});

/** A member's uses, newest first. Staff see that a code was handed out, and not which: it is worth money. */
export async function listUses(scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined }) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<UseRow>(`${USES} and ($3::uuid is null or u.id < $3) order by u.id desc limit $4`, [scope.tenantId, memberId, after?.[0] ?? null, query.limit + 1]);
  const show = (row: UseRow): Use => (scope.actor.kind === "member" ? useOf(row) : { ...useOf(row), code: row.outcome.code ? masked(row.outcome.code) : null });
  return pageFrom(rows, query.limit, show, (row) => [row.id]);
}

const masked = (code: string): string => `…${code.slice(-Math.min(4, Math.floor(code.length / 3)))}`;

export async function getUse(scope: Scope, memberId: string, id: string): Promise<Use> {
  const [row] = await scope.tx.rows<UseRow>(`${USES} and u.id = $3`, [scope.tenantId, memberId, id]);
  if (!row) throw notFound({ detail: "No such use" });
  return useOf(row);
}
