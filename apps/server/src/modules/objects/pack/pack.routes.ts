import { approvalWaiting, type Approvals } from "../../../kernel/approval.ts";
import { Accepted, route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { applyOrAsk } from "./pack.approval.ts";
import { applyBody, packBody, packList, packPlan, packRun, rollbackReply } from "./pack.schema.ts";
import type { Sections } from "./section.ts";
import { rollBackPack } from "./rollback.ts";
import { listRuns, planFile } from "./run.view.ts";
import { shippedPacks } from "./shipped.ts";

const MANAGE = "objects.manage";
/** A business line as one file: what it would do, done, and taken back. */
export const packRoutes = ({ approvals, packSections }: { approvals: Approvals; packSections: Sections }): Route[] => [
  route({
    method: "GET", path: "/packs", can: MANAGE, summary: "Packs that come with the product, and those that were applied, latest first", reply: packList,
    run: async (scope) => ({ shipped: shippedPacks.map(({ pack, version, name, nameEn = "", about = "", aboutEn = "", file }) => ({ pack, version, name, nameEn, about, aboutEn, file })), runs: await listRuns(scope) }),
  }),
  route({
    method: "POST", path: "/packs:plan", can: MANAGE, summary: "What a pack would do here", body: packBody, reply: packPlan,
    run: (scope, { body }) => planFile(scope, packSections, body),
  }),
  route({
    method: "POST", path: "/packs:apply", can: MANAGE, summary: "Apply a pack, all of it or nothing; 202 while somebody has to agree first", status: 201, body: applyBody, reply: packRun, accepted: approvalWaiting,
    run: async (scope, { body: { reason = "", ...wish } }) => {
      const id = await applyOrAsk(scope, approvals, packSections, { ...wish, reason });
      if (typeof id !== "string") return new Accepted(id.waiting);
      const run = (await listRuns(scope)).find((one) => one.id === id);
      if (!run) throw new Error("A run went away");
      return run;
    },
  }),
  route({
    method: "POST", path: "/pack-runs/{id}:roll-back", can: MANAGE, summary: "Take back what a pack did; what people filled in is archived and named", params: idParams, reply: rollbackReply,
    run: async (scope, { params }) => ({ kept: await rollBackPack(scope, packSections, params.id) }),
  }),
];
