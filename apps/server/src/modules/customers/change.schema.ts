import { z } from "zod";
import { day, id, instant, pageOf } from "../../kernel/http/wire.ts";
import { memberProfile } from "./member.schema.ts";

const changedField = z.object({
  field: z.string().meta({ description: "name, gender, birthday, phone, homeStoreId, tag, or preferences.<name>" }),
  from: z.unknown(), to: z.unknown(),
}).meta({ id: "ChangedField" });

const memberChange = z.object({
  id, at: instant, action: z.string(), actor: z.object({ kind: z.string(), name: z.string() }), reason: z.string().nullable(), fields: z.array(changedField),
}).meta({ id: "MemberChange" });
export const memberChanges = pageOf(memberChange);

export const pastProfileQuery = z.object({ on: day.optional().meta({ description: "Today unless given" }) });
export const pastProfile = memberProfile.pick({ id: true, name: true, gender: true, birthday: true, homeStoreId: true, preferences: true, tags: true, phoneMasked: true })
  .extend({ on: day, changed: z.array(z.string()).meta({ description: "Fields that are different now" }) }).meta({ id: "PastProfile" });
