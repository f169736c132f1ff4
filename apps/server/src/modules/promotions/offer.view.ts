import { sentence, type Offer } from "@shuke/offers";
import type { z } from "zod";
import { dayOf } from "../../kernel/days.ts";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { conflictsOf } from "./offer.definition.ts";
import { formOf } from "./offer.form.ts";
import type { offerQuery, offerReply } from "./offer.schema.ts";

type OfferReply = z.input<typeof offerReply>;

interface OfferRow {
  id: string;
  name: string;
  definition: Offer;
  state: OfferReply["state"];
  priority: number;
  created_at: Date;
  updated_at: Date;
  version: number;
  draft: Offer | null;
  draft_at: Date | null;
  draft_by: string | null;
}

const COLUMNS = "id, name, definition, state, priority, created_at, updated_at, version, draft, draft_at, draft_by";

/** Throws `notFound`. */
export async function getOffer(scope: Scope, id: string): Promise<OfferReply> {
  const [row] = await scope.tx.rows<OfferRow>(`select ${COLUMNS} from promotions.offer where tenant_id = $1 and id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such offer" });
  return viewOf(row, scope);
}

/** Newest first. */
export async function listOffers(scope: Scope, query: z.output<typeof offerQuery>) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<OfferRow>(
    `select ${COLUMNS} from promotions.offer where tenant_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
      order by id desc limit $4`, [scope.tenantId, query.state ?? null, after?.[0] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, (row) => viewOf(row, scope), (row) => [row.id]);
}

function viewOf(row: OfferRow, scope: Scope): OfferReply {
  const definition = definitionOf(row.definition);
  return {
    version: row.version, draft: draftOf(row), conflicts: row.state === "draft" ? conflictsOf(definition) : [],
    id: row.id, name: row.name, kind: row.definition.kind, priority: row.priority, state: row.state, isActive: row.state === "live", definition,
    sentence: sentence(row.definition, "zh-CN"), sentenceEn: sentence(row.definition, "en"), warnings: warningsOf(row.definition, dayOf(scope.now, scope.zone)),
    ...formOf(row.definition), createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString(),
  };
}

function definitionOf(offer: Offer) {
  const { id: _, name: __, priority: ___, ...definition } = offer;
  return definition;
}

function draftOf({ draft, draft_at, draft_by }: OfferRow): OfferReply["draft"] {
  if (draft === null || draft_at === null) return null;
  const definition = definitionOf(draft);
  return {
    name: draft.name, priority: draft.priority ?? 0, definition, sentence: sentence(draft, "zh-CN"), sentenceEn: sentence(draft, "en"),
    conflicts: conflictsOf(definition), at: draft_at.toISOString(), by: draft_by ?? "",
  };
}

/** Allowed, but seldom meant. */
export function warningsOf(offer: Offer, today: string): OfferReply["warnings"] {
  const threshold = offer.threshold?.amountFen ?? 0;
  const { until } = offer.scope ?? {};
  return [
    ...(offer.kind === "amount-off" && offer.per !== "unit" && offer.amountFen > threshold
      ? [{ field: "thresholdFen", code: "below-amount", message: "门槛低于减免金额：小额订单可能全免" }] : []),
    ...(until && until.slice(0, 10) < today ? [{ field: "until", code: "over", message: "结束日期已过，不会生效" }] : []),
  ];
}
