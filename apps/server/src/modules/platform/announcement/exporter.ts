import type { z } from "zod";
import type { Exporter, SheetColumn } from "../../../kernel/exporter.ts";
import { id } from "../../../kernel/http/wire.ts";
import { readingQuery, type readingReply } from "./schema.ts";
import { getAnnouncement, listReadings } from "./view.ts";

type Reading = z.input<typeof readingReply>;

const columns: readonly SheetColumn<Reading>[] = [
  { key: "staff", zh: "员工", en: "Staff", cell: ({ staff }) => staff.name },
  { key: "account", zh: "账号", en: "Account", cell: ({ staff }) => staff.account },
  { key: "readAt", zh: "阅读时间", en: "Read", cell: ({ readAt }) => readAt && { at: readAt } },
  { key: "confirmedAt", zh: "确认时间", en: "Confirmed", cell: ({ confirmedAt }) => confirmedAt && { at: confirmedAt } },
];
const query = readingQuery.omit({ limit: true, cursor: true }).extend({ announcementId: id });

/** Who has read an announcement. Throws `notFound`. */
export const readingExporter: Exporter<z.output<typeof query>> = {
  kind: "announcement-readings", zh: "公告阅读情况", en: "Readings of an announcement", can: "announcements.manage", query,
  open: async (scope, { announcementId, state }) => {
    await getAnnouncement(scope, announcementId);
    return { columns, page: (at, page) => listReadings(at, announcementId, { state, ...page }) };
  },
};
