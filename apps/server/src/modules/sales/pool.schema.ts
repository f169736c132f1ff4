import { z } from "zod";
import { id, text } from "../../kernel/http/wire.ts";

const MAX_DAYS = 3_650;
const MAX_RECORDS = 100_000;
const days = z.int().min(1).max(MAX_DAYS).nullable();
const many = z.int().min(1).max(MAX_RECORDS).nullable();

const fields = {
  name: text(60), nameEn: z.string().trim().max(60),
  /** records that one person holds of this pool, and claims on one day; null: any number */
  capacity: many, claimsPerDay: many,
  /** back in the public sea when nobody touched it so long, or when it was not won so long after it got its owner */
  idleDays: days, winDays: days,
  /** options of the object's stage field in which a record is held for good */
  wonStages: z.array(text(40)).max(50),
  /** who lost or returned one may not claim it again so long */
  coolDownDays: z.int().min(0).max(MAX_DAYS),
  /** how often an owner may put the date off, and by how much */
  extensions: z.int().min(0).max(100), extensionDays: z.int().min(0).max(MAX_DAYS),
};

/** `isDefault`: new records go there. An object's first pool is it, until another one is made it. */
export const newPool = z.object(fields).partial().extend({ object: text(40), name: fields.name, isDefault: z.boolean().optional() }).meta({ id: "NewPool" });
export type NewPool = z.output<typeof newPool>;
export const poolPatch = z.object(fields).partial().extend({ isDefault: z.literal(true).optional() }).meta({ id: "PoolPatch" });
export type PoolPatch = z.output<typeof poolPatch>;
/** Where its records go; needed where there are any. */
export const archiveBody = z.object({ toPoolId: id.optional() });

export const pool = z.object({ id, objectKey: z.string(), objectName: z.string(), objectNameEn: z.string(), ...fields, isDefault: z.boolean() });
export const sea = pool.extend({
  /** of the caller, but for `public`, which is at most 10,000 */
  counts: z.object({ public: z.int(), mine: z.int(), dueSoon: z.int(), claimedToday: z.int() }),
  /** records of the object that are still on their way in */
  filling: z.object({ looked: z.int(), total: z.int() }).nullable(),
}).meta({ id: "Sea" });
export const seaList = z.object({ items: z.array(sea) });

const holder = z.object({ id, name: z.string(), held: z.int() }).meta({ id: "SeaHolder" });
export const simulation = z.object({
  /** how many go back to the public sea: at once, within seven days, within thirty */
  returned: z.object({ today: z.int(), in7Days: z.int(), in30Days: z.int() }),
  overCapacity: z.array(holder),
}).meta({ id: "SeaForecast" });
export const holderList = z.object({ items: z.array(holder) });
