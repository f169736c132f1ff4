import { textList, uuidList } from "../../kernel/db/array.ts";
import { enqueue } from "../../kernel/events.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { nameColumns } from "./member.row.ts";
import { tagsOf } from "./member.view.ts";

const TASK = "customers.respell";
/** In one transaction, which keeps a till waiting that serves one of them: some 30 ms. */
const AT_ONCE = 200;

/** Spells a page of members whose search text is missing, as after an upgrade that changed what it holds. Returns whether there may be more. */
async function respellPage(scope: Scope): Promise<boolean> {
  const rows = await scope.tx.rows<{ id: string; name: string }>(
    "select id, name from customers.member where tenant_id = $1 and grams is null order by id limit $2 for no key update skip locked", [scope.tenantId, AT_ONCE]);
  if (rows.length === 0) return false;
  const tags = await tagsOf(scope, rows.map((row) => row.id));
  const spelled = rows.map((row) => nameColumns(row.name, tags.get(row.id)));
  await scope.tx.rows(
    `update customers.member m set name_pinyin = w.pinyin, name_initials = w.initials, grams = string_to_array(w.grams, chr(10))
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as w(id, pinyin, initials, grams) where m.tenant_id = $1 and m.id = w.id`,
    [scope.tenantId, uuidList(rows.map((row) => row.id)), textList(spelled.map((one) => one.name_pinyin)), textList(spelled.map((one) => one.name_initials)),
      textList(spelled.map((one) => one.grams.join("\n")))]);
  return rows.length === AT_ONCE;
}

export const respellTask: Task = {
  name: TASK,
  async run({ tenantId }, database) {
    while (await database.inScope({ tenantId: String(tenantId), actor: { kind: "system", name: TASK } }, respellPage));
  },
};

export const respellSchedule: Schedule = {
  name: "customers.respell-due",
  cron: "* * * * *",
  zone: "Asia/Shanghai",
  run: async (scope) => {
    const due = await scope.tx.rows("select 1 from customers.member where tenant_id = $1 and grams is null limit 1", [scope.tenantId]);
    if (due.length > 0) await enqueue(scope, TASK, {});
  },
};
