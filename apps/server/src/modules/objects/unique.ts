import type { Scope } from "../../kernel/scope.ts";
import type { Definition, Field } from "./definition.ts";
import type { Draft } from "./save.ts";
import { sameText } from "./value.ts";

interface Claim {
  draft: Draft;
  field: Field;
  value: string;
}

const taken = { code: "duplicate", message: "is taken by another record" };

/**
 * Claims the new values of fields that allow each value once, and lets go of the old ones. Two writers of one value meet at its key:
 * the second waits for the first and then loses. Losers get their errors, then others may because of them; what they had claimed is free again.
 */
export async function claimValues(scope: Scope, definition: Definition, drafts: readonly Draft[], afterLosing: () => void): Promise<void> {
  const fields = definition.fields.filter((field) => field.isUnique && !field.isArchived);
  const claimsOf = (values: (draft: Draft) => Record<string, unknown>): Claim[] => drafts.flatMap((draft) =>
    fields.filter((field) => draft.changed.has(field.id) && values(draft)[field.id] !== undefined).map((field) => ({ draft, field, value: sameText(field, values(draft)[field.id]) })));
  const wanted = claimsOf((draft) => draft.values).toSorted((a, b) => (a.field.id + a.value < b.field.id + b.value ? -1 : 1));
  if (wanted.length === 0) afterLosing();
  else {
    const got = await scope.tx.rows<{ field_id: string; record_id: string }>(
      `insert into objects.unique_value (tenant_id, field_id, value, record_id)
       select $1, v.field_id, v.value, v.record_id from unnest($2::text[], $3::text[], $4::uuid[]) as v(field_id, value, record_id)
       on conflict (tenant_id, field_id, value) do nothing returning field_id, record_id`, [scope.tenantId, ...columns(wanted)]);
    const won = new Set(got.map((row) => row.field_id + row.record_id));
    for (const { draft, field } of wanted.filter((claim) => !won.has(claim.field.id + claim.draft.id))) draft.errors.push({ field: `${definition.table.wire}.${field.key}`, ...taken });
    afterLosing();
    await letGo(scope, wanted.filter((claim) => claim.draft.errors.length > 0 && won.has(claim.field.id + claim.draft.id)));
  }
  await letGo(scope, claimsOf((draft) => draft.before).filter((claim) => claim.draft.errors.length === 0));
}

/**
 * Makes the claims of some rows those of their values, the first row's first: for who becomes another, or themselves again. Answers what
 * somebody else has taken meanwhile.
 */
export async function claimAnew(scope: Scope, definition: Definition, rows: readonly { id: string; values: Record<string, unknown> }[]): Promise<{ id: string; field: Field }[]> {
  const fields = definition.fields.filter((field) => field.isUnique && !field.isArchived);
  if (fields.length === 0) return [];
  await scope.tx.rows("delete from objects.unique_value where tenant_id = $1 and record_id = any($2::uuid[]) and field_id = any($3::text[])", [scope.tenantId, rows.map((row) => row.id), fields.map((field) => field.id)]);
  const wanted = rows.flatMap(({ id, values }) => fields.filter((field) => values[field.id] !== undefined).map((field) => ({ id, field, value: sameText(field, values[field.id]) })));
  const first = [...new Map(wanted.toReversed().map((one) => [`${one.field.id} ${one.value}`, one])).values()];
  const got = await scope.tx.rows<{ field_id: string; record_id: string }>(
    `insert into objects.unique_value (tenant_id, field_id, value, record_id)
     select $1, v.field_id, v.value, v.record_id from unnest($2::text[], $3::text[], $4::uuid[]) as v(field_id, value, record_id)
     on conflict (tenant_id, field_id, value) do nothing returning field_id, record_id`,
    [scope.tenantId, first.map((one) => one.field.id), first.map((one) => one.value), first.map((one) => one.id)]);
  const won = new Set(got.map((row) => row.field_id + row.record_id));
  return wanted.filter((one) => !won.has(one.field.id + one.id));
}

const columns = (claims: readonly Claim[]) => [claims.map((claim) => claim.field.id), claims.map((claim) => claim.value), claims.map((claim) => claim.draft.id)];

async function letGo(scope: Scope, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await scope.tx.rows(
    `delete from objects.unique_value u using unnest($2::text[], $3::text[], $4::uuid[]) as v(field_id, value, record_id)
      where u.tenant_id = $1 and u.field_id = v.field_id and u.value = v.value and u.record_id = v.record_id`, [scope.tenantId, ...columns(claims)]);
}

/** Which records have these values of a unique field. */
export async function holdersOf({ tx, tenantId }: Scope, fieldId: string, values: readonly string[]): Promise<Map<string, string>> {
  if (values.length === 0) return new Map();
  const rows = await tx.rows<{ value: string; record_id: string }>("select value, record_id from objects.unique_value where tenant_id = $1 and field_id = $2 and value = any($3::text[])", [tenantId, fieldId, values]);
  return new Map(rows.map((row) => [row.value, row.record_id]));
}
