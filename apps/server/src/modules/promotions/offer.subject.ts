import type { Offer } from "@shuke/offers";
import { z } from "zod";
import { id } from "../../kernel/http/wire.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { engineOffer, offerShape } from "./offer.definition.ts";
import { refuseConflicts } from "./offer.ts";

/** What may be tried on past orders: a definition, an offer with what is being written of it, or a coupon template. */
export const subjectShape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("definition"), definition: offerShape, name: z.string().max(64).default(""), priority: z.int().min(0).max(999).default(0),
    /** The live offer whose place it takes. */
    replaces: id.nullish(),
  }),
  z.object({ kind: z.literal("offer"), id }),
  z.object({ kind: z.literal("template"), id, perMember: z.int().min(1).max(999).nullish() }),
]);
export type SubjectShape = z.output<typeof subjectShape>;

export interface DraftSubject {
  offer: Offer;
  name: string;
  /** The live offer that is left out meanwhile. */
  replaces: string | null;
}

const DRAFT = "draft";

/** The rule to try, in the shape in which it tries itself. Throws `notFound`, and refuses what contradicts itself. */
export async function draftSubject(scope: Scope, subject: SubjectShape): Promise<DraftSubject> {
  switch (subject.kind) {
    case "definition": {
      const offer = engineOffer(subject.definition, { id: DRAFT, name: subject.name, priority: subject.priority });
      await refuseConflicts(scope, offer);
      return { offer, name: subject.name, replaces: subject.replaces ?? null };
    }
    case "offer": return ofOffer(scope, subject.id);
    case "template": return ofTemplate(scope, subject.id, subject.perMember ?? null);
  }
}

async function ofOffer(scope: Scope, offerId: string): Promise<DraftSubject> {
  const [row] = await scope.tx.rows<{ name: string; definition: Offer; draft: Offer | null }>(
    "select name, definition, draft from promotions.offer where tenant_id = $1 and id = $2", [scope.tenantId, offerId]);
  if (!row) throw notFound({ detail: "No such offer" });
  const offer = { ...(row.draft ?? row.definition), id: DRAFT };
  await refuseConflicts(scope, offer);
  return { offer, name: offer.name || row.name, replaces: offerId };
}

/** As if every member held the coupon and used it on the first orders that it fits. */
async function ofTemplate(scope: Scope, templateId: string, perMember: number | null): Promise<DraftSubject> {
  const [row] = await scope.tx.rows<{ name: string; definition: Offer; per_member: number | null }>(
    "select name, definition, per_member from promotions.coupon_template where tenant_id = $1 and id = $2", [scope.tenantId, templateId]);
  if (!row) throw notFound({ detail: "No such coupon template" });
  const limits = { ...row.definition.limits, perMember: perMember ?? row.per_member ?? 1 };
  return { offer: { ...row.definition, id: DRAFT, name: row.name, trigger: "auto", limits }, name: row.name, replaces: null };
}
