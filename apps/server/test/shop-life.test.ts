import fc from "fast-check";
import { expect, test } from "vitest";
import { resetClock } from "./server.ts";
import { ShopLife } from "./shop-life.ts";
import { brokenProofs, settings, step } from "./shop-steps.ts";

test("whatever guests and tills do to each other, at once and over weeks, the books agree and every proof holds", async () => {
  await fc.assert(fc.asyncProperty(settings, fc.array(step, { minLength: 10, maxLength: 40 }), async (one, steps) => {
    resetClock();
    const life = await ShopLife.open(one);
    for (const next of steps) await life.live(next);
    await life.tenant.drain();
    await life.check();
    expect(await brokenProofs(life.tenant)).toEqual([]);
  }), { numRuns: 6 });
}, 60_000);
