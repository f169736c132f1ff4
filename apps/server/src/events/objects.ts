/** What happens to records of a tenant's own objects, and to custom fields of members. No value travels in an event. */
export const RECORDS_SAVED = "objects.records-saved";
export const RECORD_DELETED = "objects.record-deleted";

/** Records of one object were made or changed, in one request. Subject: the record, where it was one. */
export interface RecordsSaved {
  object: string;
  created: readonly string[];
  changed: readonly string[];
  /** `staff:…`, as histories name who did it */
  by: string;
}

/** Subject: the record. */
export interface RecordDeleted {
  object: string;
  recordId: string;
}
