import fc from "fast-check";
import { expect, test } from "vitest";
import { resetClock } from "../../../../test/server.ts";
import { ShopLife } from "../../../../test/shop-life.ts";
import { brokenProofs, settings, step, type ShopStep } from "../../../../test/shop-steps.ts";

/** More by hand, and each time others: SHUKE_MERGED_LIVES=200 */
const GIVEN = process.env["SHUKE_MERGED_LIVES"];
const LIVES = Number(GIVEN ?? 5);
const SEED = 20_261_122;

const guest = fc.nat({ max: 2 });
const lives: fc.Arbitrary<ShopStep[]> = fc.array(fc.oneof(
  { weight: 8, arbitrary: step },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("merge" as const), guest, other: guest }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("part" as const), merge: fc.nat({ max: 3 }) }) },
), { minLength: 12, maxLength: 40 });

test("whoever is merged and parted again in the middle of a shop's life, the books agree and every proof holds", async () => {
  await fc.assert(fc.asyncProperty(settings, lives, async (shop, steps) => {
    resetClock();
    const life = await ShopLife.open(shop);
    for (const next of steps) {
      await life.live(next);
      if (next.do === "merge" || next.do === "part") expect(await brokenProofs(life.tenant), next.do).toEqual([]);
    }
    await life.tenant.drain();
    await life.check();
    expect(await brokenProofs(life.tenant)).toEqual([]);
  }), { numRuns: LIVES, endOnFailure: true, ...(GIVEN === undefined ? { seed: SEED } : {}) });
}, Math.max(90_000, LIVES * 8_000));
