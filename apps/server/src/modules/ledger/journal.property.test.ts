import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";
import type { Scope } from "../../kernel/scope.ts";
import { expireLots } from "./expiry.ts";
import { insufficientBalance, Journal, type AccountKey } from "./index.ts";

const DAY_MS = 86_400_000;

type Step =
  | { do: "credit"; holder: number; amount: number; days: number | null; pendingDays: number }
  | { do: "debit"; holder: number; amount: number; ref: number }
  | { do: "hold"; holder: number; amount: number; ref: number }
  | { do: "release"; holder: number; ref: number }
  | { do: "take-back"; holder: number; amount: number; ref: number }
  | { do: "restore"; holder: number; amount: number; ref: number }
  | { do: "half-way"; holder: number; amount: number; ref: number }
  | { do: "expire"; days: number };

const holder = fc.nat({ max: 2 });
const amount = fc.integer({ min: 1, max: 500 });
const ref = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("credit" as const), holder, amount, days: fc.option(fc.integer({ min: 1, max: 20 })), pendingDays: fc.constantFrom(0, 0, 0, 3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("debit" as const), holder, amount, ref }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hold" as const), holder, amount, ref }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("release" as const), holder, ref }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("take-back" as const), holder, amount, ref }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("restore" as const), holder, amount, ref }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("half-way" as const), holder, amount, ref }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("expire" as const), days: fc.integer({ min: 1, max: 8 }) }) },
);

/** Each returns the accounts, lots or postings that are wrong; none may. */
const PROOFS = [
  `select a.id, a.balance, a.owed, coalesce(l.remaining, 0) as lots, coalesce(p.amount, 0) as postings from ledger.account a
     left join (select account_id, sum(remaining) as remaining from ledger.lot where tenant_id = $1 group by account_id) l on l.account_id = a.id
     left join (select account_id, sum(amount) as amount from ledger.posting where tenant_id = $1 group by account_id) p on p.account_id = a.id
    where a.tenant_id = $1 and (a.balance <> coalesce(l.remaining, 0) - a.owed or a.balance <> coalesce(p.amount, 0))`,
  "select id, remaining, held from ledger.lot where tenant_id = $1 and (held < 0 or held > remaining or remaining < 0 or remaining > amount)",
  `select l.id, l.held, coalesce(h.amount, 0) as holds from ledger.lot l
     left join (select lot_id, sum(amount) as amount from ledger.hold where tenant_id = $1 group by lot_id) h on h.lot_id = l.id
    where l.tenant_id = $1 and l.held <> coalesce(h.amount, 0)`,
  `select l.id, l.remaining, coalesce(p.amount, 0) as postings from ledger.lot l
     left join (select lot_id, sum(amount) as amount from ledger.posting where tenant_id = $1 and lot_id is not null group by lot_id) p on p.lot_id = l.id
    where l.tenant_id = $1 and l.remaining <> coalesce(p.amount, 0)`,
  `select p.id, p.balance_after, p.running from (
     select id, balance_after, sum(amount) over (partition by account_id order by id) as running from ledger.posting where tenant_id = $1) p
    where p.balance_after <> p.running`,
  "select id from ledger.account where tenant_id = $1 and (owed < 0 or balance < -owed)",
];

async function wrongRows(scope: Scope): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const proof of PROOFS) found.push(...await scope.tx.rows(proof, [scope.tenantId]));
  return found;
}

async function perform(scope: Scope, one: Step, holders: readonly string[]): Promise<void> {
  // An order is one guest's: its reference never meets the accounts of others.
  const refId = "ref" in one ? `order-${one.ref}-${holders["holder" in one ? one.holder : 0] ?? ""}` : "";
  const keys = holders.map((holderId): AccountKey => ({ holderId, asset: "points" }));
  const key = "holder" in one ? keys[one.holder] ?? { holderId: "", asset: "" } : { holderId: "", asset: "" };
  if (one.do === "expire") return void (await expireLots(scope));
  const journal = await Journal.open(scope, keys, refId ? [refId] : []);
  const mark = journal.mark();
  try {
    switch (one.do) {
      case "credit":
        journal.credit(key, {
          amount: one.amount, kind: "earn", counter: "issued", refId: `order-0-${key.holderId}`, earnedAt: scope.now, activeFrom: new Date(scope.now.getTime() + one.pendingDays * DAY_MS),
          expiresAt: one.days === null ? null : new Date(scope.now.getTime() + one.days * DAY_MS), originKind: "order", originId: `order-${one.amount % 6}-${key.holderId}`, storeId: null, ruleVersion: 1,
        });
        break;
      case "debit": journal.debit(key, one.amount, { kind: "spend", counter: "spent", refId }); break;
      case "hold": journal.hold(key, one.amount, refId, new Date(scope.now.getTime() + DAY_MS)); break;
      case "release": journal.release(refId); break;
      case "take-back": journal.takeBack(key, one.amount, { kind: "order", id: refId }, { kind: "take-back", counter: "issued", refId }); break;
      case "restore": {
        let rest = one.amount;
        for (const { lot, amount: out } of await journal.burned(key, refId, ["spend", "give-back"])) {
          const part = Math.min(rest, out);
          if (part > 0) journal.restore(key, lot, part, { kind: "give-back", counter: "spent", refId });
          rest -= part;
        }
        break;
      }
      case "half-way":
        journal.release(refId);
        if (journal.available(key) > 0) journal.hold(key, 1, refId, new Date(scope.now.getTime() + DAY_MS));
        journal.takeBack(key, one.amount, { kind: "order", id: refId }, { kind: "take-back", counter: "issued", refId });
        journal.debit(key, 1_000_000, { kind: "spend", counter: "spent", refId });
        break;
    }
  } catch (error) {
    if (!insufficientBalance.is(error)) throw error;
    journal.rollbackTo(mark);
  }
  journal.close();
}

test("whatever happens to accounts, balances equal their lots less what is owed, and their postings", async () => {
  const tenant = await freshTenant();
  const { database } = tenant.server.installation;
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
    const holders = [randomUUID(), randomUUID(), randomUUID()];
    let now = database.clock();
    for (const one of steps) {
      now = new Date(now.getTime() + (one.do === "expire" ? one.days * DAY_MS : 1_000));
      await database.inScope({ tenantId: tenant.tenantId, actor: { kind: "system", name: "test" }, now }, (scope) => perform(scope, one, holders));
    }
    expect(await tenant.inScope(wrongRows)).toEqual([]);
  }), { numRuns: 25 });
}, 120_000);

test("the proofs find a balance that somebody changed by hand", async () => {
  const tenant = await freshTenant();
  const holderId = randomUUID();
  await tenant.inScope((scope) => perform(scope, { do: "credit", holder: 0, amount: 5, days: null, pendingDays: 0 }, [holderId]));
  expect(await tenant.inScope(wrongRows)).toEqual([]);
  await tenant.inScope((scope) => scope.tx.rows("update ledger.account set balance = 6 where tenant_id = $1 and holder_id = $2 returning id", [scope.tenantId, holderId]));
  expect(await tenant.inScope(wrongRows)).not.toEqual([]);
});
