import { sentence, type Offer } from "@shuke/offers";
import type { z } from "zod";
import { audit } from "../../../kernel/audit.ts";
import { dayOf, startOfDay } from "../../../kernel/days.ts";
import { enqueue } from "../../../kernel/events.ts";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import type { Fen } from "../../../kernel/money.ts";
import { conflict, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, visibleStores, type Scope } from "../../../kernel/scope.ts";
import { draftSubject } from "../../promotions/index.ts";
import { countOrders } from "./order-page.ts";
import type { ReplayBody, replayReply, ReplayResult } from "./replay.schema.ts";

export const REPLAY_TASK = "commerce.replay";
const DAY_MS = 86_400_000;
/** Replays take turns; who has these waiting has asked enough. */
const MAX_OPEN = 5;

export const tooManyReplays = problem("commerce/too-many-replays", 409, "Replays are still waiting; cancel one or wait");

type ReplayReply = z.input<typeof replayReply>;

/** What a replay was asked for, resolved: it does not change when the draft is written further. */
export interface ReplayInput {
  draft: Offer;
  replaces: string | null;
  against: "as-sold" | "today";
  storeIds: string[] | null;
  budgetFen: Fen | null;
  days: number;
  subject: ReplayBody["subject"];
}

/** Starts a replay over the last whole days and what there is of today. Somebody with few stores sees theirs only. */
export async function startReplay(scope: Scope, body: ReplayBody): Promise<ReplayReply> {
  const subject = await draftSubject(scope, body.subject);
  const [open] = await scope.tx.rows<{ count: number }>(
    "select count(*)::int as count from commerce.replay where tenant_id = $1 and state in ('queued', 'running')", [scope.tenantId]);
  if ((open?.count ?? 0) >= MAX_OPEN) throw tooManyReplays();
  const id = newId<"replay">(scope);
  const from = startOfDay(dayOf(new Date(scope.now.getTime() - (body.days - 1) * DAY_MS), scope.zone), scope.zone);
  const input: ReplayInput = {
    draft: subject.offer, replaces: subject.replaces, against: body.against, storeIds: storesOf(scope, body.storeIds ?? null), budgetFen: body.budgetFen ?? null,
    days: body.days, subject: body.subject,
  };
  await scope.tx.db.insertInto("commerce.replay").values({
    id, name: body.name || subject.name, input: JSON.stringify(input), from_at: from, until_at: scope.now, created_at: scope.now, by_actor: actorRef(scope.actor),
    orders_total: await countOrders(scope, from, scope.now, input.storeIds),
  }).execute();
  audit(scope, { action: "replay.start", subjectKind: "replay", subjectId: id, before: null, after: { name: body.name, days: body.days, against: body.against } });
  await enqueue(scope, REPLAY_TASK, { replayId: id });
  return getReplay(scope, id);
}

function storesOf(scope: Scope, wanted: readonly string[] | null): string[] | null {
  const visible = visibleStores(scope.actor);
  if (visible === null) return wanted && wanted.length > 0 ? [...wanted] : null;
  return wanted && wanted.length > 0 ? wanted.filter((id) => visible.includes(id)) : [...visible];
}

/** Stops a replay that has not ended. What it had counted is gone. */
export async function cancelReplay(scope: Scope, id: string): Promise<ReplayReply> {
  const stopped = await scope.tx.rows(
    `update commerce.replay set state = 'cancelled', ended_at = $3, progress = null, gained = null where tenant_id = $1 and id = $2 and state in ('queued', 'running') returning id`,
    [scope.tenantId, id, scope.now]);
  const replay = await getReplay(scope, id);
  if (stopped.length === 0) throw conflict({ detail: "The replay has ended already" });
  audit(scope, { action: "replay.cancel", subjectKind: "replay", subjectId: id, before: null, after: { state: "cancelled" } });
  return replay;
}

interface ReplayRow {
  id: string;
  name: string;
  input: ReplayInput;
  state: ReplayReply["state"];
  from_at: Date;
  until_at: Date;
  orders_total: number;
  orders_done: number;
  result: ReplayResult | null;
  failure: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  by_actor: string;
}

const COLUMNS = "id, name, input, state, from_at, until_at, orders_total, orders_done, result, failure, created_at, started_at, ended_at, by_actor";

/** Throws `notFound`. */
export async function getReplay(scope: Scope, id: string): Promise<ReplayReply> {
  const [row] = await scope.tx.rows<ReplayRow>(`select ${COLUMNS} from commerce.replay where tenant_id = $1 and id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such replay" });
  return view(row);
}

/** Newest first. */
export async function listReplays(scope: Scope, query: { limit: number; cursor?: string | undefined }): Promise<Page<ReplayReply>> {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<ReplayRow>(
    `select ${COLUMNS} from commerce.replay where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [scope.tenantId, after?.[0] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, view, (row) => [row.id]);
}

function view(row: ReplayRow): ReplayReply {
  return {
    id: row.id, name: row.name, state: row.state, input: { ...row.input }, sentence: sentence(row.input.draft, "zh-CN"), sentenceEn: sentence(row.input.draft, "en"),
    fromAt: row.from_at.toISOString(), untilAt: row.until_at.toISOString(), ordersTotal: row.orders_total, ordersDone: row.orders_done, result: row.result,
    failure: row.failure, createdAt: row.created_at.toISOString(), startedAt: row.started_at?.toISOString() ?? null, endedAt: row.ended_at?.toISOString() ?? null,
    by: row.by_actor,
  };
}
