import type { Installation } from "../installation.ts";
import { seededRandom } from "../kernel/entropy.ts";
import { uuidv7 } from "../kernel/ids.ts";
import type { Scope } from "../kernel/scope.ts";
import { ingestOrders } from "../modules/commerce/ingest/ingest.ts";
import { insertMembers, type MemberWrite } from "../modules/customers/batch.writes.ts";
import { addIdentities, findByIdentities } from "../modules/customers/identity.ts";
import { addJoinings, addToStoreHours, HourSums } from "../modules/insight/index.ts";
import { Journal } from "../modules/ledger/index.ts";
import { currentProgram, POINTS, writeStandings, type Program, type Standing } from "../modules/loyalty/index.ts";
import { Dice, seedOf } from "./dice.ts";
import { drawName } from "./names.ts";

/** Members in one transaction: fewer cost more round trips, more hold their locks longer. */
const BATCH = 2_500;
const LANES = 2;
const PHONE_FROM = 19_800_000_000;
const MAX_MEMBERS = 99_000_000;
const ORDER_SHARE = 0.02;
const INGEST = 1_000;
const DAY_MS = 86_400_000;
const HISTORY_DAYS = 1_000;
const POINTS_SHARE = 0.4;
/** Ranks of the tiers, the lowest first; a brand with fewer tiers leaves the others out. */
const TIER_WEIGHTS = [85, 11, 3.5, 0.5];

export interface CrowdWish {
  brand: string;
  members: number;
  /** Called with how many are there now. */
  onProgress(done: number): void;
}

interface Crowd {
  installation: Installation;
  tenantId: string;
  brand: string;
  since: Date;
  storeIds: readonly string[];
}

/**
 * Adds members by the hundred thousand, with names that search finds, tiers, points and some orders. The same ones each time:
 * a batch is there as a whole or not at all, so that a killed run goes on and a finished one finds everything there.
 */
export async function seedCrowd(installation: Installation, { brand, members, onProgress }: CrowdWish): Promise<{ added: number; orders: number }> {
  if (members > MAX_MEMBERS) throw new Error(`At most ${MAX_MEMBERS} members have a phone`);
  const crowd = await openCrowd(installation, brand);
  const sizes = Array.from({ length: Math.ceil(members / BATCH) }, (_, batch) => Math.min(BATCH, members - batch * BATCH));
  let [next, done, added] = [0, 0, 0];
  const lane = async (): Promise<void> => {
    for (;;) {
      const batch = next++;
      const size = sizes[batch];
      if (size === undefined) return;
      const more = await addBatch(crowd, batch, size);
      added += more;
      onProgress((done += size));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { added, orders: await addOrders(crowd, members) };
}

async function openCrowd(installation: Installation, brand: string): Promise<Crowd> {
  const { database } = installation;
  const { id: tenantId } = await database.tenants.byCode(brand);
  const { rows: [tenant] } = await database.pool.query<{ created_at: Date }>("select created_at from org.tenant where id = $1", [tenantId]);
  const stores = await database.inScope({ tenantId, actor: { kind: "system", name: "seed" } }, (scope) =>
    scope.tx.rows<{ id: string }>("select id from org.unit where tenant_id = $1 and kind = 'store' order by code", [scope.tenantId]));
  return { installation, tenantId, brand, since: tenant?.created_at ?? database.clock(), storeIds: stores.map((store) => store.id) };
}

/** A batch may be asked for again with another size: whoever is there already is left out. */
async function addBatch(crowd: Crowd, batch: number, size: number): Promise<number> {
  const dice = new Dice(`${crowd.brand} crowd ${batch}`);
  const writes = draw(crowd, dice, batch);
  return crowd.installation.database.inScope({ tenantId: crowd.tenantId, actor: { kind: "system", name: "seed" } }, async (scope) => {
    const known = new Set((await scope.tx.rows<{ id: string }>(
      "select id from customers.member where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, writes.map((one) => one.id)])).map((row) => row.id));
    const missing = writes.slice(0, size).filter((one) => !known.has(one.id));
    if (missing.length === 0) return 0;
    await insertMembers(scope, missing, "seed");
    await addIdentities(scope, missing.map((one) => ({ kind: "phone", value: one.phone ?? "", memberId: one.id })));
    await addStanding(scope, dice, missing);
    const sums = new HourSums();
    await addJoinings(scope, sums, missing.map(({ storeId, joinedAt }) => ({ storeId, joinedAt: joinedAt.toISOString() })));
    await addToStoreHours(scope, sums);
    return missing.length;
  });
}

/** The whole batch, whatever its size: the same people in the same order. Its members joined within two days of each other. */
function draw({ brand, since, storeIds }: Crowd, dice: Dice, batch: number): MemberWrite[] {
  const ids = seededRandom(seedOf(`${brand} crowd ids ${batch}`));
  const joined = since.getTime() - (HISTORY_DAYS - (batch % HISTORY_DAYS)) * DAY_MS;
  return Array.from({ length: BATCH }, (_, at): MemberWrite => {
    const { name, gender } = drawName(dice);
    return {
      id: uuidv7(new Date(since.getTime() + batch), ids), name, gender, phone: String(PHONE_FROM + batch * BATCH + at), tags: [],
      birthday: dice.chance(0.5) ? { calendar: "solar", year: dice.between(1955, 2006), month: dice.between(1, 12), day: dice.between(1, 28) } : null,
      storeId: dice.pick(storeIds), joinedAt: new Date(joined + dice.between(0, 47) * 3_600_000 + dice.between(0, 3_599) * 1_000),
    };
  });
}

async function addStanding(scope: Scope, dice: Dice, members: readonly MemberWrite[]): Promise<void> {
  const program = await currentProgram(scope);
  writeStandings(scope, members.map((member) => standingOf(member, program, dice, scope.now)), []);
  const holders = members.filter(() => dice.chance(POINTS_SHARE)).map((member) => ({ holderId: member.id, asset: POINTS }));
  // They came a moment ago in this transaction: there are no accounts to read.
  const journal = await Journal.open(scope, []);
  for (const holder of holders) {
    journal.credit(holder, {
      amount: dice.between(1, 5_000), kind: "opening", counter: "issued", refId: "seed", earnedAt: scope.now, activeFrom: scope.now, expiresAt: null,
      originKind: "opening", originId: "seed", storeId: null, ruleVersion: null, memo: "老系统积分结转",
    });
  }
  journal.close();
}

function standingOf({ id, joinedAt }: MemberWrite, { tiers }: Program, dice: Dice, now: Date): Standing {
  const tier = dice.weighted(tiers.map((one, at) => ({ one, weight: TIER_WEIGHTS[at] ?? 0 })), (option) => option.weight).one;
  return {
    memberId: id, tierId: tier.id, tierSince: joinedAt, tierUntil: new Date(now.getTime() + 365 * DAY_MS), months: {}, orders: 0, netFen: 0, refundedFen: 0,
    firstOrderAt: null, lastOrderAt: null, grantKind: null, keptGrant: null,
  };
}

/** Orders of every fiftieth member through the door for POS history; what is there already stays as it is. */
async function addOrders(crowd: Crowd, members: number): Promise<number> {
  const { installation: { database }, tenantId, brand } = crowd;
  const caller = { tenantId, actor: { kind: "system", name: "seed" } as const, from: { ip: "", requestId: "seed" } };
  const count = Math.floor(members * ORDER_SHARE);
  const every = Math.round(1 / ORDER_SHARE);
  let recorded = 0;
  for (let from = 0; from < count; from += INGEST) {
    const numbers = Array.from({ length: Math.min(INGEST, count - from) }, (_, at) => from + at);
    const last = `${brand}-crowd-${numbers.at(-1)}`;
    const { isThere, holders } = await database.inScope(caller, async (scope) => ({
      isThere: (await scope.tx.rows(`select 1 from commerce."order" where tenant_id = $1 and id = $2`, [tenantId, last])).length > 0,
      holders: await findByIdentities(scope, "phone", numbers.map((number) => String(PHONE_FROM + number * every))),
    }));
    if (isThere) continue;
    const dice = new Dice(`${brand} crowd orders ${from}`);
    const outcomes = await ingestOrders(database, caller, numbers.map((number) => orderOf(crowd, dice, number, holders.get(String(PHONE_FROM + number * every)))));
    recorded += outcomes.filter((one) => one.outcome === "recorded").length;
  }
  return recorded;
}

function orderOf({ brand, since, storeIds }: Crowd, dice: Dice, number: number, memberId: string | undefined): object {
  return {
    orderId: `${brand}-crowd-${number}`, kind: "sale", storeId: dice.pick(storeIds), channel: "pos", memberId: memberId ?? null,
    orderedAt: new Date(since.getTime() + dice.between(0, 89) * DAY_MS + (dice.between(11, 20) * 3_600 + dice.between(0, 3_599)) * 1_000 - 8 * 3_600_000).toISOString(),
    lines: [{ sku: "POS", name: "历史消费", quantity: 1, unitPriceFen: dice.between(30, 600) * 100 }],
  };
}
