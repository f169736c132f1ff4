import { setTimeout as pause } from "node:timers/promises";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Database } from "../../../kernel/db/database.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Offer, RuleSet } from "@shuke/offers";
import { notify } from "../../platform/index.ts";
import { couponsById, currentRules, rulesOfVersion } from "../../promotions/index.ts";
import { Crew, CREW, type CouponThen, type Sum } from "./crew.ts";
import { joinPacks, splitPacks, unpackGained } from "./gained.ts";
import { readPage, type OrderPage, type Place } from "./order-page.ts";
import { REPLAY_TASK, type ReplayInput } from "./replay.ts";
import { resultOf } from "./result.ts";
import type { Tally } from "./tally.ts";

/** Between two fetches, for whoever waits for the database. */
const PAUSE_MS = 2;
const CHECKPOINT_MS = 5_000;
/** A replay without a sign for so long has lost its process. */
export const SILENT_MS = 60_000;

interface Claimed {
  input: ReplayInput;
  fromAt: Date;
  untilAt: Date;
  cursor: Place;
  done: number;
  progress: Tally[] | null;
  gained: Buffer | null;
  startedAt: Date;
  zone: string;
  today: RuleSet | null;
}

/** Runs a replay to its end, from where it stands. Nothing happens when somebody else runs it, or it has ended. */
export async function runReplay(database: Database, tenantId: string, replayId: string): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: REPLAY_TASK } } as const;
  const inScope = <T>(work: (scope: Scope) => Promise<T>) => database.inScope(entry, work);
  const runner = uuidv7(database.clock(), database.random);
  const claimed = await inScope((scope) => claim(scope, replayId, runner));
  if (!claimed) return;
  const crew = new Crew(beginsOf(claimed));
  try {
    await new Run(inScope, { replayId, runner, claimed, crew }).toTheEnd();
  } catch (error) {
    await inScope((scope) => giveUp(scope, replayId, runner, error)).catch(() => {});
    throw error;
  } finally {
    await crew.end();
  }
}

/** One runner at a time: whoever claims writes its name, and only that name may go on writing. */
async function claim(scope: Scope, replayId: string, runner: string): Promise<Claimed | undefined> {
  const [row] = await scope.tx.rows<{
    input: ReplayInput; from_at: Date; until_at: Date; cursor_at: string | null; cursor_id: string | null; orders_done: number; progress: Tally[] | null; gained: Buffer | null; started_at: Date;
  }>(
    `update commerce.replay set state = 'running', runner = $3, heartbeat_at = $4, started_at = coalesce(started_at, $4)
      where tenant_id = $1 and id = $2 and state in ('queued', 'running') and (runner is null or heartbeat_at < $5)
      returning input, from_at, until_at, cursor_at::text as cursor_at, cursor_id, orders_done, progress, gained, started_at`,
    [scope.tenantId, replayId, runner, scope.now, new Date(scope.now.getTime() - SILENT_MS)]);
  if (!row) return undefined;
  return {
    input: row.input, fromAt: row.from_at, untilAt: row.until_at, done: row.orders_done, progress: row.progress, gained: row.gained, startedAt: row.started_at, zone: scope.zone,
    cursor: { at: row.cursor_at ?? row.from_at.toISOString(), id: row.cursor_id },
    today: row.input.against === "today" ? (await currentRules(scope)).rules : null,
  };
}

function beginsOf({ input, zone, today, progress, gained }: Claimed) {
  const packs = gained ? splitPacks(gained) : [];
  return Array.from({ length: CREW }, (_, at) => ({
    draft: input.draft, replaces: input.replaces, zone, today, tally: progress?.[at] ?? null, gained: packs[at] ?? null,
  }));
}

async function giveUp(scope: Scope, replayId: string, runner: string, error: unknown): Promise<void> {
  const ended = await scope.tx.rows<Ended>(
    "update commerce.replay set state = 'failed', failure = $4, ended_at = $5 where tenant_id = $1 and id = $2 and runner = $3 and state = 'running' returning name, by_actor",
    [scope.tenantId, replayId, runner, error instanceof Error ? error.message : String(error), scope.now]);
  await tell(scope, "replay.failed", replayId, ended);
}

interface Ended {
  name: string;
  by_actor: string;
}

/** Whoever began it hears of its end. */
async function tell(scope: Scope, title: string, replayId: string, [ended]: readonly Ended[]): Promise<void> {
  if (ended) await notify(scope, { actors: [ended.by_actor] }, { kind: "run", title, params: { name: ended.name }, link: `/replays/${replayId}` });
}

interface Parts {
  replayId: string;
  runner: string;
  claimed: Claimed;
  crew: Crew;
}

class Run {
  readonly #inScope: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;
  readonly #parts: Parts;
  readonly #sent = new Set<number>();
  readonly #keys = new Map<Offer, string>();
  #place: Place;
  #done: number;

  constructor(inScope: <T>(work: (scope: Scope) => Promise<T>) => Promise<T>, parts: Parts) {
    this.#inScope = inScope;
    this.#parts = parts;
    this.#place = parts.claimed.cursor;
    this.#done = parts.claimed.done;
  }

  /** Reads a page while the one before is counted. */
  async toTheEnd(): Promise<void> {
    let counting: Promise<void> = Promise.resolve();
    let keptAt = performance.now();
    for (let page = await this.#read(this.#place); page; ) {
      await counting;
      counting = this.#count(page);
      // The refusal is met where it is awaited.
      counting.catch(() => {});
      const next: Promise<Read | undefined> = pause(PAUSE_MS).then(() => this.#read(page!.last));
      next.catch(() => {});
      if (performance.now() - keptAt > CHECKPOINT_MS) {
        await counting;
        if (!(await this.#keep(await this.#parts.crew.sums()))) return;
        keptAt = performance.now();
      }
      page = await next;
    }
    await counting;
    await this.#conclude(await this.#parts.crew.sums());
  }

  async #read(after: Place): Promise<Read | undefined> {
    const { input, untilAt } = this.#parts.claimed;
    return this.#inScope(async (scope) => {
      const page = await readPage(scope, { after, untilAt, storeIds: input.storeIds }, CREW);
      if (!page) return undefined;
      const rules: RuleSet[] = [];
      if (input.against === "as-sold") {
        for (const version of page.versions) {
          if (this.#sent.has(version) || version === 0) continue;
          rules.push((await rulesOfVersion(scope, version)).rules);
          this.#sent.add(version);
        }
      }
      const coupons = (await couponsById(scope, page.couponIds)).map(({ id, offer }): CouponThen => ({ id, key: this.#keyOf(offer), offer }));
      return { ...page, rules, coupons };
    });
  }

  #keyOf(offer: Offer): string {
    const known = this.#keys.get(offer);
    if (known) return known;
    const key = String(this.#keys.size);
    this.#keys.set(offer, key);
    return key;
  }

  async #count({ buckets, rules, coupons, last, orders }: Read): Promise<void> {
    await this.#parts.crew.count(buckets, rules, coupons);
    this.#place = last;
    this.#done += orders;
  }

  /** False when the replay was cancelled, or somebody else has taken it over. */
  async #keep(sums: readonly Sum[]): Promise<boolean> {
    const { replayId, runner } = this.#parts;
    const kept = await this.#inScope((scope) => scope.tx.rows(
      `update commerce.replay set heartbeat_at = $4, orders_done = $5, cursor_at = $6::timestamptz, cursor_id = $7, progress = $8::jsonb, gained = $9
        where tenant_id = $1 and id = $2 and runner = $3 and state = 'running' returning id`,
      [scope.tenantId, replayId, runner, scope.now, this.#done, this.#place.at, this.#place.id, JSON.stringify(sums.map((sum) => sum.tally)), joinPacks(sums.map((sum) => sum.gained))]));
    return kept.length > 0;
  }

  async #conclude(sums: readonly Sum[]): Promise<void> {
    const { replayId, runner, claimed: { input, zone, startedAt } } = this.#parts;
    await this.#inScope(async (scope) => {
      const result = resultOf({
        tallies: sums.map((sum) => sum.tally), gained: sums.flatMap((sum) => [...unpackGained(sum.gained).values()]), zone, budgetFen: input.budgetFen,
        uses: input.draft.limits?.total ?? null, seconds: (scope.now.getTime() - startedAt.getTime()) / 1_000,
      });
      const ended = await scope.tx.rows<Ended>(
        `update commerce.replay set state = 'done', orders_done = $4, result = $5::jsonb, progress = null, gained = null, ended_at = $6
          where tenant_id = $1 and id = $2 and runner = $3 and state = 'running' returning name, by_actor`,
        [scope.tenantId, replayId, runner, this.#done, JSON.stringify(result), scope.now]);
      await tell(scope, "replay.done", replayId, ended);
    });
  }
}

type Read = OrderPage & { rules: RuleSet[]; coupons: CouponThen[] };
