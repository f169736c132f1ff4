import type { Offer } from "@shuke/offers";
import { audit } from "../../kernel/audit.ts";
import { conflict } from "../../kernel/problem.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { engineOffer } from "./offer.definition.ts";
import type { DraftBody } from "./offer.schema.ts";
import { conclude, lockOffer, offerEnded, refuseConflicts, writeOffer, type OfferRow } from "./offer.ts";
import { getVersion } from "./offer.version.ts";
import { getOffer } from "./offer.view.ts";

/** Keeps what is being written. A draft may contradict itself; what is in force stays as it is. */
export async function saveDraft(scope: Scope, id: string, body: DraftBody) {
  const before = await lockOpen(scope, id);
  const written = engineOffer(body.definition, { id, name: body.name, priority: body.priority });
  if (before.state === "draft") await writeOffer(scope, { ...before, name: body.name, priority: body.priority, definition: written, draft: null });
  else {
    await scope.tx.db.updateTable("promotions.offer").set({ draft: JSON.stringify(written), draft_at: scope.now, draft_by: actorRef(scope.actor) })
      .where("id", "=", id).execute();
  }
  audit(scope, { action: "offer.draft", subjectKind: "offer", subjectId: id, before: before.draft, after: written });
  return getOffer(scope, id);
}

/** Forgets what is being written; what is in force stays. */
export async function discardDraft(scope: Scope, id: string) {
  const before = await lockOpen(scope, id);
  if (before.draft === null) throw conflict({ detail: "There is no draft" });
  await scope.tx.db.updateTable("promotions.offer").set({ draft: null, draft_at: null, draft_by: null }).where("id", "=", id).execute();
  audit(scope, { action: "offer.discard-draft", subjectKind: "offer", subjectId: id, before: before.draft, after: null });
  return getOffer(scope, id);
}

/** Puts the draft in force, or what is there when nothing is being written, as the offer's next version. Refused with every conflict named. */
export async function publishOffer(scope: Scope, id: string, note: string | null | undefined) {
  const before = await lockOpen(scope, id);
  const definition = before.draft ?? before.definition;
  await refuseConflicts(scope, definition);
  const after = await writeOffer(scope, { ...before, ...namesOf(definition, before), definition, state: "live", draft: null });
  return conclude(scope, { before, after, action: "offer.publish", note });
}

/** Puts an earlier version in force again, as the next one; whether the offer runs stays as it is. */
export async function rollBackOffer(scope: Scope, id: string, { version, note }: { version: number; note?: string | null | undefined }) {
  const before = await lockOpen(scope, id);
  if (before.state === "draft") throw conflict({ detail: "The offer was never published" });
  const kept = await getVersion(scope, id, version);
  await refuseConflicts(scope, kept.definition);
  const after = await writeOffer(scope, { ...before, name: kept.name, priority: kept.priority, definition: kept.definition, draft: null });
  return conclude(scope, { before, after, action: "offer.roll-back", note: note ?? `v${version}` });
}

const namesOf = (definition: Offer, { name, priority }: OfferRow): Pick<OfferRow, "name" | "priority"> =>
  ({ name: definition.name || name, priority: definition.priority ?? priority });

async function lockOpen(scope: Scope, id: string): Promise<OfferRow> {
  const row = await lockOffer(scope, id);
  if (row.state === "ended") throw offerEnded();
  return row;
}
