import { may, type Scope } from "../../kernel/scope.ts";
import type { AuditVeil } from "../platform/index.ts";
import { getDefinition, listDefinitions, type Definition } from "./definition.ts";

/** Keys of the fields that are kept from the caller, also those that they had before: what tells of changes leaves them out. */
export const hiddenKeys = async (scope: Scope, key: string): Promise<ReadonlySet<string>> => keysOf(scope, await getDefinition(scope, key));

async function keysOf({ tx, tenantId }: Scope, { id, fields, access }: Definition): Promise<ReadonlySet<string>> {
  const keys = new Set(fields.filter((field) => access.get(field.id) === "hidden").map((field) => field.key));
  if (keys.size === 0) return keys;
  const renames = await tx.rows<{ was: string; now: string }>(
    `select before ->> 'key' as was, after ->> 'key' as now from kernel.audit_entry
      where tenant_id = $1 and subject_id = $2 and action = 'field.change' and before ->> 'key' <> after ->> 'key' order by id desc`, [tenantId, id]);
  for (const { was, now } of renames) if (keys.has(now)) keys.add(was);
  return keys;
}

/**
 * The audit log without what layouts keep from whoever reads it. Of records whose object is gone nobody can say any more what was kept from
 * whom: their values are for designers alone.
 */
export const auditVeil: AuditVeil = async (scope, kinds) => {
  if (may(scope.actor, "objects.manage")) return (_entry, state) => state;
  const definitions = new Map((await listDefinitions(scope)).map((one) => [one.key, one]));
  const hidden = new Map<string, ReadonlySet<string>>();
  for (const kind of kinds) {
    const definition = definitions.get(kind);
    if (definition) hidden.set(kind, await keysOf(scope, definition));
  }
  return ({ kind, action }, state) => {
    const keys = hidden.get(kind);
    if (!keys) return action.startsWith("record.") ? null : state;
    if (keys.size === 0 || state === null || typeof state !== "object" || Array.isArray(state)) return state;
    return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.has(key)));
  };
};
