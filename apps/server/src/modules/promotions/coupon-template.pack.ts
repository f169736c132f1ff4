import { audit } from "../../kernel/audit.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { PackSection } from "../objects/index.ts";
import { definitionOf, offerOfDefinition } from "./coupon-offer.ts";
import { changeTemplate, createTemplate, lockTemplate } from "./coupon-template.ts";
import { templateBody, type TemplateBody } from "./coupon-template.schema.ts";
import { templatesInUse } from "./coupon-template.view.ts";

/** A file knows no ids of stores. A definition is read as it would be kept, so that it can be compared with what is. */
const wish = templateBody.strict().superRefine(({ storeIds }, context) => {
  if (storeIds.length > 0) context.addIssue({ code: "custom", path: ["storeIds"], message: "a pack knows no stores" });
}).transform((body) => (body.definition ? { ...body, definition: definitionOf(offerOfDefinition("", body.name, body.definition, body.isStackable)) as TemplateBody["definition"] } : body));

/** Coupons of a pack; made as drafts, which nobody gets. One that has ended is as good as none. */
export const couponSection = ({ isGiven }: { isGiven(scope: Scope, templateId: string): Promise<boolean> }): PackSection<TemplateBody> => ({
  key: "coupons", can: "promotions.manage", wish,
  present: templatesInUse,
  make: createTemplate,
  unmake: (scope, id, madeAt) => removeTemplate(scope, id, madeAt, isGiven),
});

/** A draft that nobody has touched and nothing would issue goes; any other is ended. */
async function removeTemplate(scope: Scope, id: string, madeAt: Date, isGiven: (scope: Scope, id: string) => Promise<boolean>): Promise<boolean> {
  const { name, state, updated_at } = await lockTemplate(scope, id);
  if (state === "ended") return false;
  const [rule] = await scope.tx.rows("select 1 from promotions.coupon_rule where tenant_id = $1 and template_id = $2 limit 1", [scope.tenantId, id]);
  if (state === "live" || rule || updated_at.getTime() !== madeAt.getTime() || await isGiven(scope, id)) {
    await changeTemplate(scope, id, { state: "ended" });
    return false;
  }
  await scope.tx.db.deleteFrom("promotions.coupon_template").where("id", "=", id).execute();
  audit(scope, { action: "coupon-template.remove", subjectKind: "coupon-template", subjectId: id, before: { name } });
  return true;
}
