/** Coupons in bulk, by rule, and what became of them. */
export const coupon = {
  couponPush: {
    members: "批量发放", codes: "券码池", open: "批量 / 券码", title: "批量发放「{{name}}」",
    none: { members: "还没有批量发放", codes: "还没有券码池" },
    noneText: { members: "在券模板上点「批量 / 券码」，按人群或名单发放。", codes: "在券模板上点「批量 / 券码」，生成或导入一人一码的券码。" },
    name: "名称", progress: "进度", issued: "已发放", refused: "{{number}} 位未发（达到上限或已离开）", at: "开始时间",
    looked: "已处理 {{looked}} / {{total}}", revoked: "已收回 {{number}}",
    state: { running: "进行中", done: "已完成", cancelled: "已停止", failed: "未完成", revoking: "收回中", revoked: "已收回" },
    reason: { "out-of-stock": "券已发完", "template-ended": "券模板已结束" },
    revoke: "收回", revokeTitle: "收回「{{name}}」发出的券？", revokeText: "没有用过的券会作废；已用的和正在下单占用的不受影响。",
    export: "导出券码", csvHeader: "券码,状态,使用时间",
    codeState: { issued: "未使用", held: "下单占用", given: "赠送中", redeemed: "已使用", expired: "已过期", void: "已作废" },
    to: "发给谁", tos: { audience: "按人群", list: "按名单", generate: "生成券码", import: "导入券码" },
    count: "生成数量", lines: { list: "手机号或会员号", import: "券码" }, linesHelp: "每行一个，也可用逗号分隔，最多 {{max}} 个。", tooMany: "太多了，请分几次",
    leftOut: "已开始；{{number}} 行没有处理：{{lines}}", started: "已开始，可在本页查看进度", start: "开始",
    size: "将发给 {{number}} 位会员", counting: "正在统计人数…", tags: "标签", homeStore: "所属门店",
    lastOrderFrom: "最近消费不早于", lastOrderUntil: "最近消费不晚于", joinedFrom: "入会不早于", joinedUntil: "入会不晚于",
    hasOrdered: "是否消费过", ordered: "消费过", neverOrdered: "从未消费",
  },
  couponFind: { label: "券码", find: "查券", holder: "持有人", open: "查看会员", nobody: "尚未领取", issued: "发放时间", used: "使用", none: "没有券码为 {{code}} 的券" },
  couponRule: {
    title: "自动发券", new: "新建自动发券", none: "还没有自动发券", noneText: "例如：消费满 100 元送一张下次可用的券；新会员入会送一张。",
    name: "名称", does: "做什么", when: "何时", trigger: { "order-paid": "订单付款后", "member-joined": "新会员入会" }, template: "发哪种券", count: "张数", minimum: "实付满",
    sentence: { "order-paid": "订单实付满 {{amount}}，送「{{name}}」{{count}} 张；退款后收回未用的", "member-joined": "入会即送「{{name}}」{{count}} 张" },
    state: { live: "进行中", paused: "已暂停", ended: "已结束" },
  },
  couponStatistics: {
    open: "统计与版本", title: "「{{name}}」的统计与版本", issued: "已发放", cost: "让利", sales: "带动实收", ratio: "实收 / 让利", sources: "按来源", source: "来源", latest: "去向与来源按最近发放的 {{number}} 张统计。", rate: "核销率",
  },
  couponSource: { issued: "店员发放", claimed: "会员领取", push: "批量发放", code: "券码", order: "订单奖励", joined: "入会礼", share: "好友分享" },
};
