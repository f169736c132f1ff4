import type { z } from "zod";
import { worded, type Exporter, type SheetColumn } from "../../kernel/exporter.ts";
import { id } from "../../kernel/http/wire.ts";
import { getMember, wholePhones } from "../customers/index.ts";
import { customSheet } from "../objects/index.ts";
import { storesById } from "../org/index.ts";
import { membersQuery, type memberRow } from "./member360.schema.ts";
import { listMemberRows } from "./member360.view.ts";
import { entriesQuery, type pointsEntry } from "./points.schema.ts";
import { listPointsEntries } from "./points.view.ts";

type MemberRow = z.input<typeof memberRow>;
type Entry = z.input<typeof pointsEntry>;

const stageName = worded({ potential: ["潜在", "Potential"], aware: ["认知", "Aware"], first: ["首购", "First purchase"], repeat: ["复购", "Repeat"], loyal: ["忠诚", "Loyal"], dormant: ["沉睡", "Dormant"], lost: ["流失", "Lost"] });
const stateName = worded({ active: ["正常", "Active"], frozen: ["已冻结", "Frozen"], merged: ["已合并", "Merged"], closed: ["已注销", "Closed"] });
const asked = membersQuery.omit({ limit: true, cursor: true });

/** Members as their list shows them, with the tenant's own fields. */
export const memberExporter: Exporter<z.output<typeof asked>> = {
  kind: "members", zh: "会员", en: "Members", can: "members.read", query: asked,
  open: async (scope, query) => {
    const [stores, custom] = [await storesById(scope), await customSheet<MemberRow>(scope, "member")];
    const storeOf = (member: MemberRow) => stores.get(member.homeStoreId ?? "");
    const columns: SheetColumn<MemberRow>[] = [
      { key: "memberNo", zh: "会员号", en: "Member no.", cell: (member) => member.memberNo },
      { key: "name", zh: "姓名", en: "Name", cell: (member) => member.name },
      { key: "phone", zh: "手机号", en: "Phone", cell: (member) => member.phoneMasked },
      { key: "tier", zh: "等级", en: "Tier", cell: (member) => member.tier?.name },
      { key: "lifeStage", zh: "生命周期", en: "Life cycle", cell: (member, language) => stageName(member.lifeStage.stage, language) },
      { key: "points", zh: "积分", en: "Points", cell: (member) => member.points },
      { key: "storedValue", zh: "储值余额（元）", en: "Stored value (yuan)", cell: (member) => ({ fen: member.storedValueFen }) },
      { key: "storeCode", zh: "门店编码", en: "Store code", cell: (member) => storeOf(member)?.code },
      { key: "store", zh: "归属门店", en: "Home store", cell: (member) => storeOf(member)?.name },
      { key: "tags", zh: "标签", en: "Tags", cell: (member, language) => member.tags.join(language === "en" ? ", " : "、") },
      ...custom.columns,
      { key: "joinedAt", zh: "入会时间", en: "Joined", cell: (member) => ({ at: member.joinedAt }) },
      { key: "lastOrderAt", zh: "最近消费", en: "Last order", cell: (member) => member.lastOrderAt && { at: member.lastOrderAt } },
      { key: "state", zh: "状态", en: "State", cell: (member, language) => stateName(member.state, language) },
    ];
    return {
      columns, page: (at, page) => listMemberRows(at, { ...query, ...page }),
      whole: async (at, members: readonly MemberRow[]) => {
        const ids = members.map((member) => member.id);
        const [phones, own] = [await wholePhones(at, ids), await custom.whole(at, ids)];
        return members.map((member): Record<string, string> => {
          const phone = phones.get(member.id);
          return { ...own.get(member.id), ...(phone ? { phone } : {}) };
        });
      },
    };
  },
};

const causeName = worded({
  earn: ["消费获得", "Order"], spend: ["消费抵扣", "Spent"], expire: ["到期", "Expired"], adjust: ["人工调整", "Adjusted"], "give-back": ["退款退回", "Given back"],
  "take-back": ["退款扣回", "Taken back"], "transfer-in": ["他人转入", "Transfer in"], "transfer-out": ["转给他人", "Transfer out"], redeem: ["积分商城", "Points mall"],
  "redeem-back": ["商城退回", "Mall, given back"], merge: ["合并", "Merge"],
});
const pointsColumns: readonly SheetColumn<Entry>[] = [
  { key: "at", zh: "时间", en: "When", cell: (entry) => ({ at: entry.at }) },
  { key: "kind", zh: "类型", en: "Kind", cell: (entry, language) => causeName(entry.kind, language) },
  { key: "points", zh: "积分", en: "Points", cell: (entry) => entry.points },
  { key: "balance", zh: "余额", en: "Balance", cell: (entry) => entry.balanceAfter },
  { key: "expiresOn", zh: "到期日", en: "Expires", cell: (entry) => entry.expiresOn },
  { key: "orderId", zh: "订单号", en: "Order no.", cell: (entry) => entry.orderId },
  { key: "reason", zh: "说明", en: "Reason", cell: (entry) => entry.reason },
];
const statement = entriesQuery.omit({ limit: true, cursor: true }).extend({ memberId: id });

/** One member's points statement. Throws `notFound`. */
export const pointsExporter: Exporter<z.output<typeof statement>> = {
  kind: "points-entries", zh: "积分明细", en: "Points statement", can: "members.read", query: statement,
  open: async (scope, { memberId, month }) => {
    await getMember(scope, memberId);
    return { columns: pointsColumns, page: (at, page) => listPointsEntries(at, memberId, { month, ...page }) };
  },
};
