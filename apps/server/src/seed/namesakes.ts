import { mergeSteps, privacySteps } from "../app.ts";
import type { Scope } from "../kernel/scope.ts";
import { registerMember, type Birthday } from "../modules/customers/index.ts";
import { startRun } from "../modules/customers/duplicate/run.ts";
import { mergeMembers } from "../modules/customers/merge/merge.ts";
import { askForDeletion } from "../modules/customers/privacy/deletion.ts";
import { changeOrder } from "../modules/commerce/order.custom.ts";
import { saveRecords } from "../modules/objects/index.ts";
import type { Cast } from "./decisions.ts";

/** Phones of the story end below these. */
const FIRST_PHONE = 9_000;

interface Person {
  name: string;
  gender: "female" | "male";
  birthday: Birthday;
}
const tang: Person = { name: "唐婉清", gender: "female", birthday: { calendar: "solar", year: 1991, month: 4, day: 18 } };
const bai: Person = { name: "白景行", gender: "male", birthday: { calendar: "solar", year: 1986, month: 9, day: 3 } };
const shen: Person = { name: "沈知遥", gender: "female", birthday: { calendar: "lunar", year: 1994, month: 8, day: 15 } };

/** People who joined twice, one of whom is one again; one who leaves; what is kept beside members and orders. For whoever looks at the screens. */
export async function meetNamesakes(scope: Scope, { brand, guests, places }: Cast): Promise<void> {
  const [storeId] = places.storeIds.values();
  const join = async (person: Person, at: number, via: "h5" | "till"): Promise<string> =>
    (await registerMember(scope, { ...person, phone: `${brand.phonePrefix}${FIRST_PHONE + at}`, via, ...(storeId ? { storeId } : {}) })).memberId;
  // Known at two counters by two phones: the review finds them.
  await join(tang, 1, "h5");
  await join(tang, 2, "till");
  const [survivorId, absorbedId] = [await join(bai, 3, "h5"), await join(bai, 4, "till")];
  const actor = places.managers.get(brand.stores[0]?.code ?? "") ?? scope.actor;
  await mergeMembers({ ...scope, actor }, mergeSteps, { survivorId, absorbedId, choices: {}, reason: "换了手机号，本人到店确认" });
  await askForDeletion(scope, privacySteps, await join(shen, 5, "h5"));
  await startRun(scope, { kind: "find" });
  await keepTables(scope, { brand, guests, places });
}

/** The restaurant line's own fields: what some guests like, and at which table the last of them sat. */
async function keepTables(scope: Scope, { guests, places }: Cast): Promise<void> {
  const known = guests.flatMap((guest) => places.memberIds.get(guest.phone) ?? []).slice(0, 6);
  const tastes = [{ spicy: "hot", avoid: ["cilantro"] }, { spicy: "mild", company: "锦江设计院" }, { avoid: ["peanut", "seafood"] }, { spicy: "medium", company: "天府软件园" }];
  await saveRecords(scope, "member", known.map((id, at) => ({ id, memberId: id, fields: tastes[at % tastes.length] ?? {} })));
  const orders = await scope.tx.rows<{ id: string }>(`select id from commerce."order" where tenant_id = $1 and source = 'till' order by paid_at desc, id limit 5`, [scope.tenantId]);
  for (const [at, { id }] of orders.entries()) await changeOrder(scope, id, { table: `A${at + 2}`, occasion: at === 0 ? "birthday" : "family" });
}
