import fc from "fast-check";
import { expect, test } from "vitest";
import { resetClock } from "./server.ts";
import { ShopLife } from "./shop-life.ts";
import { brokenProofs, settings, step } from "./shop-steps.ts";

/** More by hand, and each time others: SHUKE_SHOP_LIVES=500 npx vitest run --project server apps/server/test/shop-life.test.ts */
const GIVEN = process.env["SHUKE_SHOP_LIVES"];
const LIVES = Number(GIVEN ?? 6);
/** The suite's lives are always the same, so that a red one is of what was changed. */
const SEED = 356_266_275;

test("whatever guests and tills do to each other, at once and over weeks, the books agree and every proof holds", async () => {
  await fc.assert(fc.asyncProperty(settings, fc.array(step, { minLength: 10, maxLength: 40 }), async (one, steps) => {
    resetClock();
    const life = await ShopLife.open(one);
    for (const next of steps) await life.live(next);
    await life.tenant.drain();
    await life.check();
    expect(await brokenProofs(life.tenant)).toEqual([]);
  }), { numRuns: LIVES, ...(GIVEN === undefined ? { seed: SEED } : {}) });
}, Math.max(60_000, LIVES * 5_000));
