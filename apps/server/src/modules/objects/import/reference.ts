import { textList } from "../../../kernel/db/array.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { reasonFor, type RowReason } from "../../platform/index.ts";
import { findDefinition, type Definition, type Field } from "../definition.ts";
import { idsIn } from "../reference.ts";
import { traitsOf } from "../kind.ts";
import { holdersOf } from "../unique.ts";
import { comparable } from "../value.ts";

/** Whom a name means: one of them, and how many there are. */
export interface Meant {
  id: string;
  count: number;
}

/** Finds rows of a core noun by what people write of them; `app.ts` lists them, because they are other modules'. */
export interface ReferenceFinder {
  noun: string;
  find(scope: Scope, names: readonly string[]): Promise<ReadonlyMap<string, Meant>>;
}

interface ReadFields {
  fields: Record<string, unknown>;
  reasons: RowReason[];
}

/** One that is not there yet, under the id that it will have. */
interface Promised {
  id: string;
  fields: Readonly<Record<string, unknown>>;
}

/** Values with ids in place of what the rows they refer to are called; each name is looked up once, all of a field's together. */
export async function readReferences(scope: Scope, definition: Definition, { finders, promised }: { finders: readonly ReferenceFinder[]; promised: readonly Promised[] }, lines: readonly Readonly<Record<string, unknown>>[]): Promise<ReadFields[]> {
  const read = lines.map((fields): ReadFields => ({ fields: { ...fields }, reasons: [] }));
  for (const field of definition.byKey.values()) {
    if (field.kind !== "reference" || !field.targetId) continue;
    const names = [...new Set(lines.flatMap((fields) => namesIn(fields[field.key])))].filter((name) => !isUuid(name));
    const target = names.length > 0 ? await findDefinition(scope, field.targetId) : undefined;
    if (!target) continue;
    const finder = finders.find((one) => one.noun === target.key);
    const meant = target.table.isOwn ? await recordsCalled(scope, target, { names, promised: target.id === definition.id ? promised : [] }) : await finder?.find(scope, names) ?? new Map<string, Meant>();
    for (const row of read) readInto(row, field, meant);
  }
  return read;
}

const namesIn = (value: unknown): string[] => (value === null ? [] : idsIn(value));

function readInto({ fields, reasons }: ReadFields, field: Field, meant: ReadonlyMap<string, Meant>): void {
  const names = namesIn(fields[field.key]);
  const unclear = names.flatMap((name): RowReason[] => {
    const { count = 0 } = isUuid(name) ? { count: 1 } : meant.get(name) ?? {};
    if (count === 1) return [];
    return [count === 0 ? reasonFor(field.key, "unknown-record", name) : reasonFor(field.key, "ambiguous", `${name} ×${count}`)];
  });
  if (names.length === 0) return;
  reasons.push(...unclear);
  if (unclear.length > 0) delete fields[field.key];
  else {
    const ids = [...new Set(names.map((name) => meant.get(name)?.id ?? name))];
    fields[field.key] = field.settings.isMany ? ids : ids[0];
  }
}

/** Records by a value that only one has, else by what they are called. */
async function recordsCalled(scope: Scope, target: Definition, wanted: Pick<Wanted, "names" | "promised">): Promise<Map<string, Meant>> {
  const found = new Map<string, Meant>();
  const fields = [...target.byKey.values()];
  for (const field of fields.filter((one) => one.isUnique)) {
    await meet(scope, field, { ...wanted, found }, async (texts) => [...await holdersOf(scope, field.id, texts)].map(([name, id]) => ({ name, id, count: 1 })));
  }
  for (const field of fields.filter((one) => one.kind === "auto-number" || one.id === target.titleFieldId)) {
    const stored = traitsOf(field.kind).isSealed ? "r.ext -> $3::text ->> 'digest'" : "r.ext ->> $3::text";
    const by = field.slot?.startsWith("text") && field.isSlotReady ? `r.${field.slot}` : stored;
    // Joined, because without a slot each record's value would be compared with every name once the statement is planned for any names: 100,000 with 5,000 took ten seconds instead of a tenth.
    await meet(scope, field, { ...wanted, found }, (texts) => scope.tx.rows<Meant & { name: string }>(
      `select ${stored} as name, min(r.id::text) as id, count(*)::int as count
        from unnest($4::text[]) as n(name) join objects.record r on r.tenant_id = $1 and r.object_id = $2 and ${by} = n.name group by 1`,
      [scope.tenantId, target.id, field.id, textList(texts)]));
  }
  return found;
}

interface Wanted {
  names: readonly string[];
  promised: readonly Promised[];
  found: Map<string, Meant>;
}

/** Looks for what has not been found yet, by how a field compares its values. Who has a value that only one may have is that one, though another is to get it. */
async function meet(scope: Scope, field: Field, { names, promised, found }: Wanted, look: (texts: string[]) => Promise<(Meant & { name: string })[]>): Promise<void> {
  const asked = names.flatMap((name) => {
    const text = found.has(name) ? undefined : comparable(scope, field, name);
    return text === undefined ? [] : [[name, text] as const];
  });
  if (asked.length === 0) return;
  const met = new Map((await look([...new Set(asked.map(([, text]) => text))])).map((one): [string, Meant] => [one.name, one]));
  for (const { id, fields } of promised) {
    const text = fields[field.key] === undefined ? undefined : comparable(scope, field, fields[field.key]);
    const there = text === undefined ? undefined : met.get(text);
    if (text !== undefined && !(there && field.isUnique)) met.set(text, { id, count: 1 + (there?.count ?? 0) });
  }
  for (const [name, text] of asked) {
    const one = met.get(text);
    if (one) found.set(name, { id: one.id, count: one.count });
  }
}
