import type { z } from "zod";
import { decodeCursor, encodeCursor, pageFrom } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { groupedCode } from "./coupon-code.ts";
import type { poolCodePage, poolCodeQuery, push, pushQuery } from "./coupon-push.schema.ts";

type Push = z.input<typeof push>;

interface PushRow extends Omit<Push, "templateId" | "templateName" | "createdAt" | "movedAt" | "endedAt"> {
  template_id: string;
  template_name: string;
  created_at: Date;
  moved_at: Date;
  ended_at: Date | null;
}

const SELECT = `select p.id, p.template_id, t.name as template_name, p.name, p.kind, p.audience, p.state, p.total, p.looked, p.issued, p.refused, p.revoked, p.redeemed,
    p.reason, p.created_at, p.moved_at, p.ended_at
  from promotions.coupon_push p join promotions.coupon_template t on t.tenant_id = $1 and t.id = p.template_id
 where p.tenant_id = $1`;

/** Throws `notFound`. */
export async function getPush(scope: Scope, id: string): Promise<Push> {
  const [row] = await scope.tx.rows<PushRow>(`${SELECT} and p.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such push" });
  return viewOf(row);
}

/** Newest first. */
export async function listPushes(scope: Scope, query: z.output<typeof pushQuery>) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<PushRow>(
    `${SELECT} and ($2::boolean is null or (p.kind = 'codes') = $2) and ($3::uuid is null or p.template_id = $3) and ($4::uuid is null or p.id < $4)
      order by p.id desc limit $5`,
    [scope.tenantId, query.kind ? query.kind === "codes" : null, query.templateId ?? null, after?.[0] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, viewOf, (row) => [row.id]);
}

const viewOf = ({ template_id, template_name, created_at, moved_at, ended_at, ...row }: PushRow): Push => ({
  ...row, templateId: template_id, templateName: template_name, createdAt: created_at.toISOString(), movedAt: moved_at.toISOString(),
  endedAt: ended_at?.toISOString() ?? null,
});

/** The codes of a pool as they were made. */
export async function listPoolCodes(scope: Scope, pushId: string, query: z.output<typeof poolCodeQuery>): Promise<z.input<typeof poolCodePage>> {
  const after = decodeCursor(query.cursor, 1);
  await getPush(scope, pushId);
  const rows = await scope.tx.rows<{ id: string; code: string; state: string; member_id: string | null; redeemed_at: Date | null }>(
    `select id, code, state, member_id, redeemed_at from promotions.coupon
      where tenant_id = $1 and push_id = $2 and source = 'code' and ($3::uuid is null or id > $3) order by id limit $4`,
    [scope.tenantId, pushId, after?.[0] ?? null, query.limit]);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({ code: groupedCode(row.code), state: row.state, memberId: row.member_id, usedAt: row.redeemed_at?.toISOString() ?? null })),
    nextCursor: rows.length === query.limit && last ? encodeCursor(last.id) : null,
  };
}
