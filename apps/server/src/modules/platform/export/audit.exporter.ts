import type { Exporter, SheetColumn } from "../../../kernel/exporter.ts";
import type { z } from "zod";
import { auditQuery, type auditEntryReply } from "../audit.schema.ts";
import { listAuditEntries, type AuditVeil } from "../audit.view.ts";

type Entry = z.input<typeof auditEntryReply>;
const json = (value: unknown): string => (value === null || value === undefined ? "" : JSON.stringify(value));

const columns: readonly SheetColumn<Entry>[] = [
  { key: "at", zh: "时间", en: "When", cell: (entry) => ({ at: entry.at }) },
  { key: "actor", zh: "操作人", en: "Who", cell: ({ actor }) => actor.name || actor.kind },
  { key: "action", zh: "操作", en: "Action", cell: (entry) => entry.action },
  { key: "subjectKind", zh: "对象类型", en: "Subject", cell: ({ subject }) => subject.kind },
  { key: "subjectId", zh: "对象编号", en: "Subject id", cell: ({ subject }) => subject.id },
  { key: "before", zh: "变更前", en: "Before", cell: (entry) => json(entry.before) },
  { key: "after", zh: "变更后", en: "After", cell: (entry) => json(entry.after) },
  { key: "reason", zh: "原因", en: "Reason", cell: (entry) => entry.reason },
  { key: "ip", zh: "来源地址", en: "From", cell: (entry) => entry.ip },
  { key: "requestId", zh: "请求编号", en: "Request id", cell: (entry) => entry.requestId },
];
const query = auditQuery.omit({ limit: true, cursor: true });

export const auditExporter = (veil: AuditVeil): Exporter<z.output<typeof query>> => ({
  kind: "audit-entries", zh: "审计日志", en: "Audit log", can: "audit.read", query,
  open: async (_scope, asked) => ({ columns, page: (scope, page) => listAuditEntries(scope, veil, { ...asked, ...page }) }),
});
