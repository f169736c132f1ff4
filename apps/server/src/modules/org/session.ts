import type { Id } from "../../kernel/ids.ts";
import { unauthenticated } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import type { Verified } from "./access.ts";
import { newSecret, secretFits, secretHash, type Credential } from "./credential.ts";
import { reachOf } from "./reach.ts";

const LIFE_MS = 12 * 3_600_000;
/** How far the end of a session may lag behind its use: one write in ten minutes instead of one a request. */
const SLIDE_MS = 600_000;

interface Row {
  staff_id: string;
  name: string;
  secret_hash: Buffer;
  last_seen_at: Date;
}

/** Opens a session for somebody whose password was checked. */
export async function openSession(scope: Scope, staffId: string, userAgent: string): Promise<Credential> {
  const credential = { tenantId: scope.tenantId, id: newId<"session">(scope), secret: newSecret() };
  await scope.tx.db.insertInto("org.session").values({
    id: credential.id, staff_id: staffId, secret_hash: secretHash(credential.secret), created_at: scope.now, last_seen_at: scope.now,
    expires_at: new Date(scope.now.getTime() + LIFE_MS), ip: scope.from.ip, user_agent: userAgent.slice(0, 200),
  }).execute();
  return credential;
}

export async function verifySession(scope: Scope, { id, secret }: Credential): Promise<Verified> {
  const [row] = await scope.tx.rows<Row>(
    `select e.staff_id, s.name, e.secret_hash, e.last_seen_at
       from org.session e join org.staff s on s.tenant_id = $1 and s.id = e.staff_id and s.state = 'active'
      where e.tenant_id = $1 and e.id = $2 and e.expires_at > $3`, [scope.tenantId, id, scope.now]);
  if (!row || !secretFits(row.secret_hash, secret)) throw unauthenticated();
  if (scope.now.getTime() - row.last_seen_at.getTime() > SLIDE_MS) {
    scope.tx.write("update org.session set last_seen_at = $3, expires_at = $4 where tenant_id = $1 and id = $2",
      [scope.tenantId, id, scope.now, new Date(scope.now.getTime() + LIFE_MS)]);
  }
  const reach = await reachOf(scope, row.staff_id);
  const staffId: Id<"staff"> = row.staff_id;
  return { tenantId: scope.tenantId, actor: { kind: "staff", staffId, name: row.name, sessionId: id, ...reach } };
}

/** Somebody of the staff as they may act now, for work that goes on after their request; nothing for whoever was deactivated since. */
export async function findStaffActor(scope: Scope, id: string): Promise<Verified["actor"] | undefined> {
  const row = await scope.tx.db.selectFrom("org.staff").select("name").where("id", "=", id).where("state", "=", "active").executeTakeFirst();
  const staffId: Id<"staff"> = id;
  return row && { kind: "staff", staffId, name: row.name, sessionId: "", ...(await reachOf(scope, id)) };
}

export const endSession = (scope: Scope, sessionId: string): void =>
  scope.tx.write("delete from org.session where tenant_id = $1 and id = $2", [scope.tenantId, sessionId]);

export const endSessionsOf = (scope: Scope, staffId: string): void =>
  scope.tx.write("delete from org.session where tenant_id = $1 and staff_id = $2", [scope.tenantId, staffId]);
