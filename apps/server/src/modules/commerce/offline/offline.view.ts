import type { z } from "zod";
import { decodeCursor, pageFrom } from "../../../kernel/http/page.ts";
import { conflict, notFound } from "../../../kernel/problem.ts";
import { actorRef, demandStore, visibleStores, type Scope } from "../../../kernel/scope.ts";
import { memberNames } from "../../customers/index.ts";
import { staffNames } from "../../org/index.ts";
import { audit } from "../../platform/index.ts";
import { currentRules } from "../../promotions/index.ts";
import type { exceptionItem, exceptionQuery, tillPack } from "./offline.schema.ts";
import { signingKey } from "./signature.ts";
import { listWaiting } from "./waiting.ts";

const MAX_PRODUCTS = 5_000;

/** Rules, products and the key that signs codes: what a till keeps for the time without network. */
export async function getTillPack(scope: Scope, storeId: string): Promise<z.input<typeof tillPack>> {
  demandStore(scope.actor, storeId);
  const [{ rules, version }, products] = await Promise.all([
    currentRules(scope),
    scope.tx.rows<{ sku: string; barcode: string | null; name: string; name_pinyin: string; name_initials: string; category: string | null; price_fen: number }>(
      `select sku, barcode, name, name_pinyin, name_initials, category, price_fen from commerce.product
        where tenant_id = $1 and state = 'on-sale' order by sku limit $2`, [scope.tenantId, MAX_PRODUCTS]),
  ]);
  const key = signingKey(scope);
  return {
    storeId, serverAt: scope.now.toISOString(), ruleVersion: version, rules: { ...rules }, keys: [{ id: key.id, publicKey: key.raw }],
    products: products.map((row) => ({ sku: row.sku, barcode: row.barcode, name: row.name, letters: `${row.name_pinyin} ${row.name_initials}`, category: row.category, unitPriceFen: row.price_fen })),
  };
}

interface Row {
  id: string;
  kind: z.input<typeof exceptionItem>["kind"];
  order_id: string;
  store_id: string;
  member_id: string | null;
  amount_fen: number;
  detail: Record<string, unknown>;
  at: Date;
  resolved_at: Date | null;
  resolved_by: string | null;
  resolution: string | null;
}

/** What tills without network left for a manager to look at, the latest first. */
export async function listExceptions(scope: Scope, query: z.output<typeof exceptionQuery>) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<Row>(
    `select * from commerce.offline_exception
      where tenant_id = $1 and (resolved_at is null) = $2 and ($3::uuid is null or store_id = $3) and ($4::uuid[] is null or store_id = any($4)) and ($5::uuid is null or id < $5)
      order by id desc limit $6`, [scope.tenantId, query.state === "open", query.storeId ?? null, visibleStores(scope.actor), after?.[0] ?? null, query.limit + 1]);
  const [members, staff] = await Promise.all([
    memberNames(scope, rows.flatMap((row) => row.member_id ?? [])), staffNames(scope, rows.map((row) => row.resolved_by)),
  ]);
  return pageFrom(rows, query.limit, (row) => view(row, members, staff), (row) => [row.id]);
}

const view = (row: Row, members: Map<string, string>, staff: Map<string, string>): z.input<typeof exceptionItem> => ({
  id: row.id, kind: row.kind, orderId: row.order_id, storeId: row.store_id, memberId: row.member_id, memberName: members.get(row.member_id ?? "") ?? null,
  amountFen: row.amount_fen, detail: row.detail, at: row.at.toISOString(), resolvedAt: row.resolved_at?.toISOString() ?? null,
  resolvedBy: staff.get(row.resolved_by ?? "") ?? row.resolved_by, resolution: row.resolution,
});

/** Closes an exception with what was done about it. */
export async function resolveException(scope: Scope, id: string, resolution: string): Promise<z.input<typeof exceptionItem>> {
  const [before] = await scope.tx.rows<Row>("select * from commerce.offline_exception where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  const stores = visibleStores(scope.actor);
  if (!before || (stores && !stores.includes(before.store_id))) throw notFound({ detail: "No such exception" });
  if (before.resolved_at) throw conflict({ detail: "It was resolved already" });
  const after = { ...before, resolved_at: scope.now, resolved_by: actorRef(scope.actor), resolution };
  await scope.tx.db.updateTable("commerce.offline_exception").set({ resolved_at: after.resolved_at, resolved_by: after.resolved_by, resolution }).where("id", "=", id).execute();
  await listWaiting(scope, [before.store_id]);
  audit(scope, { action: "offline-exception.resolve", subjectKind: "order", subjectId: before.order_id, reason: resolution });
  return view(after, await memberNames(scope, before.member_id ? [before.member_id] : []), new Map());
}
