import type { z } from "zod";
import { worded, type Exporter, type SheetColumn } from "../../kernel/exporter.ts";
import { customSheet } from "../objects/index.ts";
import { storesById } from "../org/index.ts";
import { orderQuery, type OrderItemWire } from "./order.schema.ts";
import { listOrders, type OrderQuery } from "./order.view.ts";

const statusName = worded({ paid: ["已支付", "Paid"], "partially-refunded": ["部分退款", "Partly refunded"], refunded: ["已退款", "Refunded"] });
const channelName = worded({
  till: ["收银台", "Till"], h5: ["手机网页", "Mobile web"], "mini-program": ["小程序", "Mini program"], takeaway: ["外卖", "Takeaway"], pos: ["收银系统", "POS"], retail: ["零售", "Retail"],
});
const query = orderQuery.omit({ limit: true, cursor: true });

export const orderExporter: Exporter<z.output<typeof query>> = {
  kind: "orders", zh: "订单", en: "Orders", can: "orders.read", query,
  open: async (scope, { to, until = to, ...asked }) => {
    const [stores, custom] = [await storesById(scope), await customSheet<OrderItemWire>(scope, "order")];
    const columns: SheetColumn<OrderItemWire>[] = [
      { key: "orderNo", zh: "订单号", en: "Order no.", cell: (order) => order.orderNo },
      { key: "paidAt", zh: "支付时间", en: "Paid at", cell: (order) => ({ at: order.paidAt }) },
      { key: "storeCode", zh: "门店编码", en: "Store code", cell: (order) => stores.get(order.storeId)?.code },
      { key: "store", zh: "门店", en: "Store", cell: (order) => stores.get(order.storeId)?.name },
      { key: "channel", zh: "渠道", en: "Channel", cell: (order, language) => channelName(order.channel, language) },
      { key: "member", zh: "会员", en: "Member", cell: (order) => order.memberName },
      { key: "items", zh: "件数", en: "Items", cell: (order) => order.items },
      { key: "discount", zh: "优惠（元）", en: "Discount (yuan)", cell: (order) => ({ fen: order.discountFen }) },
      { key: "net", zh: "实收（元）", en: "Net (yuan)", cell: (order) => ({ fen: order.netFen }) },
      { key: "refunded", zh: "已退（元）", en: "Refunded (yuan)", cell: (order) => ({ fen: order.refundedFen }) },
      { key: "points", zh: "获得积分", en: "Points earned", cell: (order) => order.pointsEarned },
      { key: "status", zh: "状态", en: "Status", cell: (order, language) => statusName(order.status, language) },
      ...custom.columns,
    ];
    return {
      columns, page: (at, page) => listOrders(at, { ...asked, until, ...page } as OrderQuery),
      whole: async (at, orders: readonly OrderItemWire[]) => {
        const found = await custom.whole(at, orders.map((order) => order.id));
        return orders.map((order) => found.get(order.id) ?? {});
      },
    };
  },
};
