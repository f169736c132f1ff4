/** What members agreed to, and leaving. */
export const privacy = {
  privacy: {
    tab: "隐私", consents: "同意记录", never: "未询问", yes: "同意", no: "不同意", said: "{{at}}，第 {{version}} 版", outdated: "现行第 {{version}} 版，待重新询问",
    purpose: { membership: "会员服务", "marketing-sms": "短信营销", "marketing-wechat": "微信营销", profiling: "个性化推荐" },
    leaving: "注销", ask: "替会员注销", askTitle: "替这位会员注销？", askText: "立即停用；7 天内可以撤回，之后删除全部个人数据，不能恢复。请先确认是会员本人的要求。",
    undo: "撤回注销", waiting: "{{asked}} 申请注销，{{purge}} 之后删除全部个人数据", done: "已于 {{at}} 删除全部个人数据。订单和资金流水保留在一个无意义的编号下。", certificate: "删除证明",
    first: "注销前要先了结：", lost: "注销后会员会失去：", nothingLost: "这位会员没有尚未使用的权益。",
    loss: { points: "积分", coupons: "优惠券（张）", tier: "等级", redemptions: "待领取的兑换品（件）" },
    blocker: {
      "stored-value": "储值余额还没有退还", cards: "有没用完的次卡或月卡", withdrawals: "有退还在途", renewals: "自动续费未关闭", "points-frozen": "有积分被冻结", redemptions: "有付了钱还没领的兑换品", "coupon-held": "有优惠券被订单占用",
      "orders-open": "有挂起的订单", "bills-open": "有没付清的分单", "offline-codes": "有离线码未结清", "not-active": "会员不是正常状态",
    },
  },
};
