import type { Day } from "../kernel/days.ts";
import type { Birthday } from "../modules/customers/index.ts";
import { LAST_DAY, type BrandPlan, type CastMember } from "./brand.ts";
import { Dice } from "./dice.ts";
import { drawNames } from "./names.ts";

export interface Guest {
  name: string;
  gender: "female" | "male";
  phone: string;
  birthday: Birthday | undefined;
  store: string;
  /** Day of joining; negative is before the story. */
  joinedOn: number;
  /** How often they come beside the others; the cast come when their moments say so. */
  weight: number;
  tags: readonly string[];
  cast: CastMember | undefined;
}

const TAGS = ["常客", "家庭聚餐", "爱吃辣", "不吃香菜", "商务宴请", "学生", "外卖党", "带娃"];
const SHARE_BEFORE = 0.55;
const PHONE_FROM = 2_000;

/** Everybody who is or becomes a member, the cast first. The same people each time; `today` is the last day of the story. */
export function guestsOf(brand: BrandPlan, today: Day): Guest[] {
  const dice = new Dice(`${brand.code} guests`);
  const [, month = 1, day = 1] = today.split("-").map(Number);
  const cast = brand.cast.map((one): Guest => ({
    name: one.name, gender: one.gender, phone: one.phone, store: one.store, joinedOn: one.joinedOn, weight: 0, tags: one.tags, cast: one,
    birthday: one.birthday === "today" ? { calendar: "solar", month, day } : one.birthday,
  }));
  const names = drawNames(dice, brand.guests, new Set(cast.map((one) => one.name)));
  return [...cast, ...names.map(({ name, gender }, at): Guest => ({
    name, gender, phone: `${brand.phonePrefix}${PHONE_FROM + at}`, birthday: drawBirthday(dice), store: dice.weighted(brand.stores, (store) => store.weight).code,
    joinedOn: dice.chance(SHARE_BEFORE) ? -dice.between(1, 700) : Math.floor(LAST_DAY * Math.sqrt(dice.next())),
    // A few come all the time, most of them now and then.
    weight: 1 / (1 + dice.next() * names.length) ** 0.75, tags: dice.chance(0.3) ? [dice.pick(TAGS)] : [], cast: undefined,
  }))];
}

function drawBirthday(dice: Dice): Birthday | undefined {
  const [year, month, day] = [dice.between(1958, 2006), dice.between(1, 12), dice.between(1, 28)];
  if (dice.chance(0.3)) return undefined;
  return { calendar: dice.chance(0.25) ? "lunar" : "solar", year, month, day };
}
