import { newId, type Scope } from "../../../kernel/scope.ts";
import { storedValueAvailable } from "../../payments/index.ts";
import type { TenderWire } from "../cart.schema.ts";
import { escrowRef, holdEscrow } from "../offline/code.ts";
import type { Batch } from "./batch.ts";
import type { Ticket } from "./ticket.ts";

/** How an order of a till without network names what a code's allowance did not cover. */
export const SHORTFALL = "offline-shortfall";

export interface OfflineSale {
  soldAt: Date;
  codeId: string | null;
  exceptions: Flag[];
}

export interface Flag {
  kind: "double-use" | "price" | "clock" | "expired" | "refused";
  amountFen: number;
  detail: Record<string, unknown>;
}

export interface LockedCode {
  id: string;
  member_id: string;
  allowance_fen: number;
  used_fen: number;
  escrow_until: Date;
  state: string;
}

export interface RaisedFlag extends Flag {
  orderId: string;
  storeId: string;
  memberId: string | null;
  codeId: string | null;
}

const codesOf = (tickets: readonly Ticket[]): string[] => [...new Set(tickets.flatMap((ticket) => ticket.frozen?.offline?.codeId ?? []))];

export const escrowRefs = (tickets: readonly Ticket[]): string[] => codesOf(tickets).map(escrowRef);

/** Locks the codes that a batch's offline orders name; says nothing to the database when there is none. */
export async function lockCodes(scope: Scope, tickets: readonly Ticket[]): Promise<Map<string, LockedCode>> {
  const ids = codesOf(tickets);
  if (ids.length === 0) return new Map();
  const rows = await scope.tx.rows<LockedCode>(
    "select id, member_id, allowance_fen, used_fen, escrow_until, state from commerce.offline_code where tenant_id = $1 and id = any($2::uuid[]) order by id for update", [scope.tenantId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Drawn {
  tenders: readonly TenderWire[];
  /** Of the code's allowance. */
  usedFen: number;
  shortFen: number;
}

/**
 * Lets a code's allowance pay, as far as it goes: its hold is free for the moment, and what is left is held again by `keepRest`.
 * What a second till sold against the same allowance is booked as owed to the shop, and told to the manager.
 */
export function drawEscrow(batch: Batch, ticket: Ticket): Drawn {
  const code = batch.codes.get(ticket.frozen?.offline?.codeId ?? "");
  const memberId = ticket.cart.memberId;
  const wantedFen = ticket.tenders.filter((one) => one.kind === "stored-value").reduce((sum, one) => sum + (one.amountFen ?? 0), 0);
  if (!code || !memberId || wantedFen === 0) return { tenders: ticket.tenders, usedFen: 0, shortFen: 0 };
  if (code.state === "open") batch.journal.release(escrowRef(code.id));
  const usedFen = Math.min(wantedFen, code.allowance_fen - code.used_fen, storedValueAvailable(batch.journal, memberId));
  const shortFen = wantedFen - usedFen;
  const others = ticket.tenders.filter((one) => one.kind !== "stored-value");
  return {
    usedFen, shortFen, tenders: [
      ...others, ...(usedFen > 0 ? [{ kind: "stored-value" as const, amountFen: usedFen }] : []),
      ...(shortFen > 0 ? [{ kind: "external" as const, amountFen: shortFen, reference: SHORTFALL }] : []),
    ],
  };
}

/** The order stands: the rest of the allowance is set aside again, and what is odd is raised. */
export function keepRest(batch: Batch, ticket: Ticket, drawn: Drawn): void {
  const offline = ticket.frozen?.offline;
  if (!offline) return;
  const code = batch.codes.get(offline.codeId ?? "");
  if (code) {
    code.used_fen += drawn.usedFen;
    batch.usedCodes.add(code);
    const restFen = code.allowance_fen - code.used_fen;
    if (code.state === "open" && restFen > 0 && drawn.usedFen + drawn.shortFen > 0) holdEscrow(batch.journal, code, restFen);
  }
  const flags = drawn.shortFen > 0 ? [...offline.exceptions, { kind: "double-use" as const, amountFen: drawn.shortFen, detail: { usedFen: drawn.usedFen } }] : offline.exceptions;
  batch.flags.push(...flags.map((flag) => ({ ...flag, orderId: ticket.orderId, storeId: ticket.storeId, memberId: ticket.cart.memberId ?? null, codeId: offline.codeId })));
}

export function writeEscrow({ scope, usedCodes, flags }: Batch): void {
  if (usedCodes.size > 0) {
    const codes = [...usedCodes];
    scope.tx.write("update commerce.offline_code c set used_fen = v.used from unnest($2::uuid[], $3::bigint[]) as v(id, used) where c.tenant_id = $1 and c.id = v.id",
      [scope.tenantId, codes.map((one) => one.id), codes.map((one) => one.used_fen)]);
  }
  raiseFlags(scope, flags);
}

/** Writes what a manager has to look at. */
export function raiseFlags(scope: Scope, flags: readonly RaisedFlag[]): void {
  if (flags.length === 0) return;
  scope.tx.write(
    `insert into commerce.offline_exception (tenant_id, id, kind, order_id, store_id, member_id, code_id, amount_fen, detail, at)
     select $1, id, kind, order_id, store_id, member_id, code_id, amount_fen, detail::jsonb, $2
       from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::bigint[], $10::text[])
         as v(id, kind, order_id, store_id, member_id, code_id, amount_fen, detail)`,
    [scope.tenantId, scope.now, flags.map(() => newId(scope)), flags.map((one) => one.kind), flags.map((one) => one.orderId), flags.map((one) => one.storeId),
      flags.map((one) => one.memberId), flags.map((one) => one.codeId), flags.map((one) => one.amountFen), flags.map((one) => JSON.stringify(one.detail))]);
}
