// A thread that counts one bucket of orders. It knows no database: pages of orders come in as text, sums go out.
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { prepare, type CouponInHand, type Offer, type PreparedRules, type RuleSet } from "@shuke/offers";
import type { Ask, Begin } from "./crew.ts";
import { packGained, unpackGained } from "./gained.ts";
import { emptyTally, tallyOrder, type OrderRow } from "./tally.ts";

const LOW_PRIORITY = 10;

if (!parentPort) throw new Error("Runs as a worker thread");
const port = parentPort;
const begin = workerData as Begin;

// On Linux this is the priority of the calling thread: the tills' thread goes first.
if (process.platform === "linux") setPriority(LOW_PRIORITY);

const tally = begin.tally ?? emptyTally();
const gained = begin.gained ? unpackGained(begin.gained) : new Map();
const coupons = new Map<string, CouponInHand>();
const offers = new Map<string, Offer>();
const versions = new Map<number, PreparedRules>();

const withDraft = ({ offers: others, ...rules }: RuleSet): PreparedRules =>
  prepare({ ...rules, offers: [...others.filter((one) => one.id !== begin.replaces), begin.draft] });

const alone = withDraft({ version: 0, mode: "pipeline", offers: [], zone: begin.zone });
const today = begin.today ? { plain: prepare(begin.today), draft: withDraft(begin.today) } : null;
const trial = {
  draft: begin.draft, coupons, gained, today: today?.plain ?? null,
  withDraft: (version: number): PreparedRules => today?.draft ?? versions.get(version) ?? alone,
};

port.on("message", (ask: Ask) => {
  if (ask.kind === "page") {
    for (const rules of ask.rules) versions.set(rules.version, withDraft(rules));
    coupons.clear();
    for (const { id, key, offer } of ask.coupons) {
      // One object a version of a template: the engine compiles it once.
      if (!offers.has(key)) offers.set(key, offer);
      coupons.set(id, { id, offer: offers.get(key) ?? offer, state: "issued", validFromAt: null, validUntilAt: null });
    }
    for (const order of JSON.parse(ask.orders) as OrderRow[]) tallyOrder(tally, order, trial);
    port.postMessage({ kind: "counted" });
  } else {
    port.postMessage({ kind: "sums", tally, gained: packGained(gained) });
  }
});
