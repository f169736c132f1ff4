import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { checkOffer } from "./offer.check.ts";
import { discardDraft, publishOffer, rollBackOffer, saveDraft } from "./offer.draft.ts";
import { checkBody, checkReply, draftBody, offerChanged, offerReply, offerVersionPage, publishBody, rollBackBody } from "./offer.schema.ts";
import { listVersions } from "./offer.version.ts";
import { keptSimulation, simulationBody, simulationReply } from "./simulation.schema.ts";
import { getSimulation, keepSimulation, simulate } from "./simulation.ts";

/** Writing, publishing and taking back: what the editor calls. */
export const offerRoutes = (): Route[] => [
  route({ method: "POST", path: "/offers:check", can: "promotions.manage", summary: "What publishing this would be refused for, and which offers it meets", body: checkBody, reply: checkReply, run: (scope, { body }) => checkOffer(scope, body) }),
  route({ method: "PUT", path: "/offers/{id}/draft", can: "promotions.manage", summary: "Keep what is being written; what is in force stays", params: idParams, body: draftBody, reply: offerReply, run: (scope, { params, body }) => saveDraft(scope, params.id, body) }),
  route({ method: "DELETE", path: "/offers/{id}/draft", can: "promotions.manage", summary: "Forget what is being written", params: idParams, reply: offerReply, run: (scope, { params }) => discardDraft(scope, params.id) }),
  route({ method: "POST", path: "/offers/{id}:publish", can: "promotions.manage", summary: "Put the draft in force as the next version; refused with every conflict named", params: idParams, body: publishBody, reply: offerChanged, run: (scope, { params, body }) => publishOffer(scope, params.id, body.note) }),
  route({ method: "POST", path: "/offers/{id}:roll-back", can: "promotions.manage", summary: "Put an earlier version in force again", params: idParams, body: rollBackBody, reply: offerChanged, run: (scope, { params, body }) => rollBackOffer(scope, params.id, body) }),
  route({ method: "GET", path: "/offers/{id}/versions", can: "promotions.manage", summary: "What an offer has been, the latest first", params: idParams, query: pageQuery, reply: offerVersionPage, run: (scope, { params, query }) => listVersions(scope, params.id, query) }),
  route({ method: "POST", path: "/offers:simulate", can: "promotions.manage", summary: "Price a made-up cart with every reason, with and without a draft; takes nothing", body: simulationBody, reply: simulationReply, run: (scope, { body }) => simulate(scope, body) }),
  route({ method: "POST", path: "/simulations", can: "promotions.manage", summary: "Keep a simulation, to share its link", status: 201, body: simulationBody, reply: keptSimulation, run: (scope, { body }) => keepSimulation(scope, body) }),
  route({ method: "GET", path: "/simulations/{id}", can: "promotions.manage", summary: "A simulation that somebody kept", params: idParams, reply: keptSimulation, run: (scope, { params }) => getSimulation(scope, params.id) }),
];
