import { sentence, type Offer } from "@shuke/offers";
import type { z } from "zod";
import { dayOf } from "../../kernel/days.ts";
import { zodCheck } from "../../kernel/http/shape.ts";
import type { FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { conflictsOf, engineOffer, offerShape, type OfferDefinition } from "./offer.definition.ts";
import { overlapsWith } from "./offer.overlap.ts";
import type { checkBody, checkReply } from "./offer.schema.ts";
import { codeConflicts, templateConflicts } from "./offer.ts";
import { warningsOf } from "./offer.view.ts";

type CheckReply = z.input<typeof checkReply>;

/** What publishing this would be refused for, what is allowed but seldom meant, and which live offers it meets. Fields are those of the definition. */
export async function checkOffer(scope: Scope, { id, name, priority, definition }: z.output<typeof checkBody>): Promise<CheckReply> {
  const errors: FieldError[] = [];
  const read = zodCheck(offerShape)(definition, "", errors) as OfferDefinition | undefined;
  if (!read) return { conflicts: errors, warnings: [], sentence: null, sentenceEn: null };
  const offer = engineOffer(read, { id: id ?? "draft", name: name ?? "", priority: priority ?? 0 });
  const conflicts = [...conflictsOf(read, ""), ...(await templateConflicts(scope, read)), ...(await codeConflicts(scope, offer))];
  const live = await scope.tx.rows<{ id: string; name: string; definition: Offer }>(
    "select id, name, definition from promotions.offer where tenant_id = $1 and state = 'live' and id::text <> $2 order by id", [scope.tenantId, offer.id]);
  return {
    conflicts,
    warnings: [
      ...warningsOf(offer, dayOf(scope.now, scope.zone)).map((one) => ({ ...one, offerId: null, offerName: null })),
      ...(conflicts.length > 0 ? [] : live.flatMap((other) => overlapsWith(offer, { ...other.definition, id: other.id, name: other.name }))),
    ],
    sentence: sentence(offer, "zh-CN"), sentenceEn: sentence(offer, "en"),
  };
}
