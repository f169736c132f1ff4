import { audit } from "../../kernel/audit.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { normalCode } from "./coupon.ts";
import { getPush } from "./coupon-push.view.ts";
import { refuseUnissuable, takeStock, termOf } from "./issue.ts";
import { refuseOver } from "./coupon-template.ts";

const MAX_TOLD = 100;
/** Letters of any script and digits: what is left of a code without blanks and dashes. */
const CODE = /^[\p{L}\p{N}]{4,40}$/u;

/** Codes that somebody else printed, each good once. Those that exist already, or are no codes, are left out and named. */
export async function importCodes(scope: Scope, templateId: string, { name, codes }: { name: string; codes: readonly string[] }) {
  await refuseUnissuable(scope, templateId, 1, false);
  const typed = new Map(codes.map((code) => [normalCode(code), code]));
  const fit = [...typed.keys()].filter((code) => CODE.test(code)).toSorted();
  const [id, ids] = [newId<"coupon-push">(scope), fit.map(() => newId(scope))];
  const rows = await scope.tx.rows<{ version: number; validity: Parameters<typeof termOf>[0] }>(
    "select version, validity from promotions.coupon_template where tenant_id = $1 and id = $2", [scope.tenantId, templateId]);
  const [template] = rows;
  if (!template) throw new Error("A template went away");
  refuseOver(scope, template.validity);
  const { from, until } = termOf(template.validity, scope);
  const made = await scope.tx.rows<{ code: string }>(
    `insert into promotions.coupon (tenant_id, template_id, template_version, valid_from, valid_until, issued_at, issued_by, push_id, source, id, code)
     select $1, $2, $3, $4, $5, $6, $7, $8, 'code', v.id, v.code from unnest($9::uuid[], $10::text[]) as v(id, code)
     on conflict (tenant_id, code) do nothing returning code`,
    [scope.tenantId, templateId, template.version, from, until, scope.now, actorRef(scope.actor), id, ids, fit]);
  if (made.length > 0) await takeStock(scope, templateId, made.length, false);
  await scope.tx.db.insertInto("promotions.coupon_push").values({
    id, template_id: templateId, name, kind: "codes", state: "done", total: typed.size, looked: typed.size, issued: made.length, refused: typed.size - made.length,
    created_at: scope.now, created_by: actorRef(scope.actor), moved_at: scope.now, ended_at: scope.now,
  }).execute();
  audit(scope, { action: "coupon-push.import", subjectKind: "coupon-push", subjectId: id, after: { templateId, name, issued: made.length } });
  const known = new Set(made.map((row) => row.code));
  const taken = [...typed].flatMap(([code, line]) => (known.has(code) ? [] : [line])).slice(0, MAX_TOLD);
  return { ...(await getPush(scope, id)), taken };
}
