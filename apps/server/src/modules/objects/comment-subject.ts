import { demandUuid, type CommentSubject } from "../platform/index.ts";
import { getRecord } from "./record.view.ts";

/** What colleagues say about a record of an own object. */
export const recordSubject: CommentSubject = {
  kind: "record", can: "records.read",
  async find(scope, id) {
    demandUuid(id);
    return { id, storeId: (await getRecord(scope, id)).row.store_id };
  },
  link: (id) => `/records/any/${id}`,
};
