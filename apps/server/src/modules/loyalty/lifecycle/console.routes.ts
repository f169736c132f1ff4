import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { getMember } from "../../customers/index.ts";
import { listStageChanges } from "./life-stage.view.ts";
import { lifecycleReply, lifecycleRules, lifeStageChanges } from "./lifecycle.schema.ts";
import { getLifecycle, setLifecycleRules } from "./lifecycle.ts";

export const lifecycleRoutes: Route[] = [
  route({ method: "GET", path: "/lifecycle", can: "loyalty.manage", summary: "How many members are in each stage of life, and the rules that put them there", reply: lifecycleReply, run: getLifecycle }),
  route({
    method: "PUT", path: "/lifecycle/rules", can: "loyalty.manage", summary: "Change the rules of the stages; everybody is looked at anew, which by itself brings nobody anything",
    body: lifecycleRules, reply: lifecycleReply, run: (scope, { body }) => setLifecycleRules(scope, body),
  }),
  route({
    method: "GET", path: "/members/{id}/life-stages", can: "members.read", summary: "How a member went through the stages of life, newest first", params: idParams, reply: lifeStageChanges,
    run: async (scope, { params }) => {
      await getMember(scope, params.id);
      return listStageChanges(scope, params.id);
    },
  }),
];
