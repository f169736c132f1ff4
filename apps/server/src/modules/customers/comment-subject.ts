import { demandUuid, type CommentSubject } from "../platform/index.ts";
import { memberRowInReach } from "./member.view.ts";
import { survivorOf } from "./merge/survivor.ts";

/** What colleagues say about a member; also by the id from before a merge. */
export const memberSubject: CommentSubject = {
  kind: "member", can: "members.read",
  async find(scope, id) {
    demandUuid(id);
    const row = await memberRowInReach(scope, await survivorOf(scope, id));
    return { id: row.id, storeId: row.home_store_id };
  },
  link: (id) => `/members/${id}?tab=comments`,
};
