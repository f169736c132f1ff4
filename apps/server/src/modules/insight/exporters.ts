import type { z } from "zod";
import { worded, type Exporter, type Language, type SheetColumn } from "../../kernel/exporter.ts";
import { liabilityQuery, settlementQuery, type Liability, type LiabilityKind, type Settlement } from "./liability.schema.ts";
import { readLiability } from "./liability.view.ts";
import { readSettlement } from "./settlement.view.ts";

interface Figure {
  section: "total" | "month" | "store" | "thing";
  where: string;
  kind: LiabilityKind;
  amount: number;
  valueFen: number;
}

const sectionName = worded({ total: ["合计", "Total"], month: ["按到期月", "By month of expiry"], store: ["按门店", "By store"], thing: ["按产品", "By product"] });
const kindName = worded({ points: ["积分", "Points"], principal: ["储值本金", "Stored value"], bonus: ["储值赠金", "Bonus"], card: ["次卡月卡", "Cards"], coupon: ["优惠券", "Coupons"] });
const never = (language: Language): string => (language === "en" ? "Never" : "永久有效");
const liabilityColumns: readonly SheetColumn<Figure>[] = [
  { key: "section", zh: "部分", en: "Part", cell: ({ section }, language) => sectionName(section, language) },
  { key: "where", zh: "项目", en: "Item", cell: ({ section, where }, language) => (section === "month" && where === "" ? never(language) : where) },
  { key: "kind", zh: "类型", en: "Kind", cell: ({ kind }, language) => kindName(kind, language) },
  { key: "amount", zh: "数量", en: "Amount", cell: ({ amount }) => amount },
  { key: "value", zh: "价值（元）", en: "Value (yuan)", cell: ({ valueFen }) => ({ fen: valueFen }) },
];

const figuresOf = ({ kinds, months, stores, things }: Liability): Figure[] => [
  ...kinds.map((one): Figure => ({ ...one, section: "total", where: "" })), ...months.map((one): Figure => ({ ...one, section: "month", where: one.month })),
  ...stores.flatMap(({ name, parts }) => parts.map((one): Figure => ({ ...one, section: "store", where: name }))), ...things.map((one): Figure => ({ ...one, section: "thing", where: one.name })),
];

/** The figures of the liability page, one a row. */
export const liabilityExporter: Exporter<z.output<typeof liabilityQuery>> = {
  kind: "liability", zh: "会员负债", en: "Liability", can: "finance.read", query: liabilityQuery,
  open: async (_scope, query) => ({ columns: liabilityColumns, page: async (scope) => ({ items: figuresOf(await readLiability(scope, query)), nextCursor: null }) }),
};

type Cell = Settlement["cells"][number] & { soldByName: string; usedAtName: string };
const settlementColumns: readonly SheetColumn<Cell>[] = [
  { key: "soldBy", zh: "售出门店", en: "Sold by", cell: (cell) => cell.soldByName },
  { key: "usedAt", zh: "使用门店", en: "Used at", cell: (cell) => cell.usedAtName },
  { key: "principal", zh: "本金（元）", en: "Principal (yuan)", cell: (cell) => ({ fen: cell.principalFen }) },
  { key: "bonus", zh: "赠金（元）", en: "Bonus (yuan)", cell: (cell) => ({ fen: cell.bonusFen }) },
  { key: "cards", zh: "次卡月卡（元）", en: "Cards (yuan)", cell: (cell) => ({ fen: cell.cardFen }) },
  { key: "sum", zh: "应结算（元）", en: "To be settled (yuan)", cell: (cell) => ({ fen: cell.principalFen + cell.cardFen }) },
];

/** Which store sold what was used at which. */
export const settlementExporter: Exporter<z.output<typeof settlementQuery>> = {
  kind: "settlements", zh: "跨店结算", en: "Settlement", can: "finance.read", query: settlementQuery,
  open: async (_scope, query) => ({
    columns: settlementColumns,
    page: async (scope) => {
      const { stores, cells } = await readSettlement(scope, query);
      const names = new Map(stores.map(({ id, name }) => [id, name]));
      return { items: cells.map((cell): Cell => ({ ...cell, soldByName: names.get(cell.soldBy) ?? cell.soldBy, usedAtName: names.get(cell.usedAt) ?? cell.usedAt })), nextCursor: null };
    },
  }),
};
