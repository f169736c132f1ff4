import { z } from "zod";
import { worded, type Exporter, type SheetColumn } from "../../kernel/exporter.ts";
import { id } from "../../kernel/http/wire.ts";
import { getMember } from "../customers/index.ts";
import type { storedValueEntries } from "./payments.schema.ts";
import { listStoredValueEntries } from "./payments.view.ts";

type Entry = z.input<typeof storedValueEntries>["items"][number];

const causeName = worded({
  "top-up": ["储值", "Top-up"], spend: ["消费", "Spent"], refund: ["退款退回", "Refund"], adjust: ["人工调整", "Adjusted"], withdraw: ["退还", "Withdrawn"],
  "withdraw-back": ["退还取消", "Withdrawal cancelled"], transfer: ["转让", "Transfer"], "card-bind": ["绑定储值卡", "Card bound"], merge: ["合并", "Merge"],
});
const columns: readonly SheetColumn<Entry>[] = [
  { key: "at", zh: "时间", en: "When", cell: (entry) => ({ at: entry.at }) },
  { key: "kind", zh: "类型", en: "Kind", cell: (entry, language) => causeName(entry.kind, language) },
  { key: "principal", zh: "本金（元）", en: "Principal (yuan)", cell: (entry) => ({ fen: entry.principalFen }) },
  { key: "bonus", zh: "赠金（元）", en: "Bonus (yuan)", cell: (entry) => ({ fen: entry.bonusFen }) },
  { key: "balance", zh: "余额（元）", en: "Balance (yuan)", cell: (entry) => ({ fen: entry.balanceAfterFen }) },
  { key: "orderId", zh: "订单号", en: "Order no.", cell: (entry) => entry.orderId },
  { key: "reason", zh: "说明", en: "Reason", cell: (entry) => entry.reason },
];
const query = z.object({ memberId: id });

/** One member's stored value statement. Throws `notFound`. */
export const storedValueExporter: Exporter<z.output<typeof query>> = {
  kind: "stored-value-entries", zh: "储值明细", en: "Stored value statement", can: "members.read", query,
  open: async (scope, { memberId }) => {
    await getMember(scope, memberId);
    return { columns, page: (at, page) => listStoredValueEntries(at, memberId, page) };
  },
};
