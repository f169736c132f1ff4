import { textList, uuidList } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";
import { nameColumns } from "./member.row.ts";
import { tagsOf } from "./member.view.ts";

const AT_ONCE = 1_000;
/** In one transaction, a few seconds: the next minute goes on. */
const ROUNDS = 20;

/** Spells members whose search text is missing, as after an upgrade that changed what it holds. */
export async function respellMembers(scope: Scope): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const rows = await scope.tx.rows<{ id: string; name: string }>(
      "select id, name from customers.member where tenant_id = $1 and grams is null order by id limit $2 for no key update skip locked", [scope.tenantId, AT_ONCE]);
    if (rows.length === 0) return;
    const tags = await tagsOf(scope, rows.map((row) => row.id));
    const spelled = rows.map((row) => nameColumns(row.name, tags.get(row.id)));
    await scope.tx.rows(
      `update customers.member m set name_pinyin = w.pinyin, name_initials = w.initials, grams = string_to_array(w.grams, chr(10))
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as w(id, pinyin, initials, grams) where m.tenant_id = $1 and m.id = w.id`,
      [scope.tenantId, uuidList(rows.map((row) => row.id)), textList(spelled.map((one) => one.name_pinyin)), textList(spelled.map((one) => one.name_initials)),
        textList(spelled.map((one) => one.grams.join("\n")))]);
  }
}
