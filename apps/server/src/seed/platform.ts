import { packSections } from "../app.ts";
import type { Installation } from "../installation.ts";
import { addDays, startOfDay } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { applyPack, saveRecord, saveRecords, shippedPacks } from "../modules/objects/index.ts";
import { findStaffActor } from "../modules/org/index.ts";
import { addStaff } from "../modules/org/staff.ts";
import { moveAtDesk } from "../modules/sales/desk.ts";
import type { Destination } from "../modules/sales/ownership.schema.ts";
import { listPools } from "../modules/sales/pool.view.ts";
import { recycle } from "../modules/sales/recycle.ts";
import { Dice } from "./dice.ts";
import { Steps, ZONE } from "./steps.ts";

/** A platform of local life whose people win merchants: a brand without guests, founded from the pack of the sales line. */
export const platform = { code: "chengke", name: "橙客本地生活", theme: { primary: "#e8590c", logoText: "橙客" }, admin: { account: "admin", name: "橙子" }, days: 30 };
const PACK = "o2o-sales";

export const sellers = [
  { account: "bd-chen", name: "陈野", role: "业务拓展" }, { account: "bd-su", name: "苏禾", role: "业务拓展" }, { account: "zhuguan", name: "周舟", role: "拓展主管" },
] as const;
type Account = (typeof sellers)[number]["account"];

const HOUR_MS = 3_600_000;
const LEADS = 40;
const CITIES = ["成都", "重庆", "西安", "昆明"];
const TRADES = [["hotpot", ["蜀香里火锅", "渝味晓宇", "牛油博士", "三碗锅"]], ["tea", ["一盏茶", "茶与月", "半糖日记", "山野茶铺"]], ["bakery", ["麦田烘焙", "云朵面包", "南瓜马车", "好麦"]], ["beauty", ["素心美肌", "指间沙美甲", "栗子发廊"]], ["leisure", ["星光影咖", "小岛密室", "木槿瑜伽"]]] as const;
const PLACES = ["太古里", "解放碑", "小寨", "翠湖", "高新店", "观音桥", "大学城", "南湖"];
const CONTACTS = ["何老板", "唐店长", "余总", "冉姐", "老蒋", "秦老板娘"];

/** Leads by the order in which they came, people by their accounts. */
interface Cast {
  poolId: string;
  leads: readonly string[];
  as(account: Account, hour: number): Promise<Scope>;
}

/** Tells of thirty days: leads come in, are claimed, visited, won, given back, and fall back by themselves. */
export async function tellPlatform(installation: Installation, passwordHash: string): Promise<void> {
  const steps = await Steps.open(installation, platform, passwordHash);
  const at = (day: number): Date => startOfDay(addDays(steps.firstDay, day), ZONE);
  await steps.step("founding", at(0), (scope) => found(scope, passwordHash));
  await steps.step("leads", at(1), (scope) => bringLeads(scope));
  const day = (number: number, happens: (scope: Scope, cast: Cast) => Promise<void>): Promise<void> =>
    steps.step(`day-${String(number).padStart(2, "0")}`, at(number), async (scope) => happens(scope, await castOf(scope)));
  await day(2, async (_scope, cast) => {
    await move(cast, "bd-chen", range(0, 14), { kind: "claim" });
    await move(cast, "bd-su", range(12, 24), { kind: "claim" });
  });
  await day(6, async (_scope, cast) => {
    await visit(cast, "bd-chen", range(0, 5));
    await visit(cast, "bd-su", range(15, 19));
  });
  await day(9, (_scope, cast) => move(cast, "zhuguan", [30, 31], { kind: "assign", staffId: "bd-su", reason: "片区在她手上" }));
  await day(18, async (scope, cast) => {
    // Whoever was not visited since day 2 has fallen back on day 17.
    await recycle(later(scope, 1));
    await stage(cast, "bd-chen", [0, 1], { stage: "signed", monthly_sales: 26_000_000, commission: 6 });
    await visit(cast, "bd-su", range(15, 19));
    await move(cast, "bd-su", [32, 33, 34, 35], { kind: "claim" });
  });
  await day(20, async (_scope, cast) => {
    await move(cast, "bd-chen", [36, 37, 38], { kind: "claim" });
    await visit(cast, "bd-chen", range(2, 5));
    await move(cast, "bd-su", [35], { kind: "return", reason: "老板说明年再谈" });
    await stage(cast, "bd-su", [15, 16], { stage: "offer", monthly_sales: 18_500_000, commission: 5.5 });
  });
  await day(26, async (scope, cast) => {
    await recycle(later(scope, 1));
    await move(cast, "bd-su", [32], { kind: "extend" });
    await move(cast, "zhuguan", [33], { kind: "assign", staffId: "bd-chen", reason: "客户在高新区" });
    await visit(cast, "bd-su", [15, 16], {});
  });
  await steps.step("today", steps.clock, (scope) => recycle(scope));
}

async function found(scope: Scope, passwordHash: string): Promise<void> {
  const line = shippedPacks.find((pack) => pack.pack === PACK);
  if (line) await applyPack(scope, packSections, { file: line.file });
  const headquarters = await scope.tx.db.selectFrom("org.unit").select("id").where("kind", "=", "headquarters").executeTakeFirstOrThrow();
  const roles = new Map((await scope.tx.db.selectFrom("org.role").select(["id", "name"]).execute()).map((role) => [role.name, role.id]));
  for (const { account, name, role } of sellers) await addStaff(scope, { account, name, passwordHash, assignments: [{ roleId: roles.get(role) ?? "", orgUnitId: headquarters.id }] });
}

async function bringLeads(scope: Scope): Promise<void> {
  const dice = new Dice(`${platform.code} leads`);
  const outcomes = await saveRecords(scope, "lead", Array.from({ length: LEADS }, (_, number) => {
    const [trade, brands] = dice.pick(TRADES);
    const city = dice.pick(CITIES);
    const brand = dice.pick<string>(brands);
    return { fields: { name: `${brand}·${dice.pick(PLACES)}${number % 3 === 0 ? "旗舰店" : "店"}`, brand, city, trade, stage: "new", contact: dice.pick(CONTACTS), tel: `1385550${String(1_000 + number)}` } };
  }));
  const refused = outcomes.find((one) => one.outcome === "refused");
  if (refused) throw new Error(`The story has a lead that cannot be one: ${JSON.stringify(refused)}`);
}

async function castOf(scope: Scope): Promise<Cast> {
  const [pool] = await listPools(scope, "lead");
  if (!pool) throw new Error("The pack has made no pool");
  const leads = await scope.tx.rows<{ id: string }>("select r.id from objects.record r where r.tenant_id = $1 and r.object_id = $2 order by r.ext ->> (select f.id from objects.field f where f.tenant_id = $1 and f.object_id = $2 and f.key = 'no')", [scope.tenantId, pool.objectId]);
  return {
    poolId: pool.id, leads: leads.map((row) => row.id),
    as: async (account, hour) => {
      const staffId = await staffIdOf(scope, account);
      const actor = await findStaffActor(scope, staffId);
      if (!actor) throw new Error(`${account} has left the story`);
      return { ...later(scope, hour), actor };
    },
  };
}

const staffIdOf = async (scope: Scope, account: string): Promise<string> =>
  (await scope.tx.db.selectFrom("org.staff").select("id").where("account", "=", account).executeTakeFirstOrThrow()).id;

const later = (scope: Scope, hours: number): Scope => ({ ...scope, now: new Date(scope.now.getTime() + hours * HOUR_MS) });
const range = (from: number, until: number): number[] => Array.from({ length: until - from }, (_, at) => from + at);

/** Whoever is assigned to is named by the account. */
async function move({ poolId, leads, as }: Cast, account: Account, numbers: readonly number[], to: Destination): Promise<void> {
  const scope = await as(account, 10);
  const toWhom = to.kind === "assign" ? { ...to, staffId: await staffIdOf(scope, to.staffId) } : to;
  await moveAtDesk(scope, poolId, { recordIds: numbers.flatMap((number) => leads[number] ?? []), to: toWhom });
}

/** One after the other through the day. */
async function visit({ leads, as }: Cast, account: Account, numbers: readonly number[], fields: Record<string, unknown> = { stage: "visited" }): Promise<void> {
  for (const [at, number] of numbers.entries()) {
    const scope = await as(account, 10 + at);
    const lead = leads[number] ?? "";
    await saveRecord(scope, "visit", { fields: { name: at % 2 === 0 ? "到店拜访" : "复访谈方案", lead, at: scope.now.toISOString(), result: at % 3 === 0 ? "met_owner" : "met_staff" } });
    await saveRecord(scope, "lead", { id: lead, fields });
  }
}

async function stage({ leads, as }: Cast, account: Account, numbers: readonly number[], fields: Record<string, unknown>): Promise<void> {
  for (const number of numbers) await saveRecord(await as(account, 16), "lead", { id: leads[number] ?? "", fields });
}
