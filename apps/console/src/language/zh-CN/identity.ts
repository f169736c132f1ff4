/** Who is who: identities, merging and duplicates. */
export const identity = {
  identity: {
    tab: "身份与合并", title: "识别方式", none: "还没有识别方式", verified: "已验证", since: "{{at}} 起", link: "添加识别方式", unlink: "解除", unlinkTitle: "解除这个识别方式？", unlinkText: "之后用它找不到这位会员。",
    kind: "类型", value: "内容", merges: "合并记录", noMerges: "没有合并过", mergeOther: "合并另一位会员", mergeOtherHint: "对方的会员号或手机号", find: "查找",
    kinds: { "wechat-unionid": "微信 UnionID", alipay: "支付宝", phone: "手机号", "wechat-openid": "微信 OpenID", email: "邮箱", card: "会员卡", device: "设备", external: "外部系统编号" },
  },
  merge: {
    title: "合并会员", stays: "保留", goes: "并入", choose: "保留哪一项", what: "项目", after: "合并后", confirm: "合并", done: "已合并，180 天内可以撤销", undo: "撤销合并", undone: "已撤销", undoTitle: "撤销这次合并", undoText: "各自拿回带来的余下部分；已经用掉的按先到先用计算。",
    swap: "换一个保留", into: "{{absorbed}} 并入 {{survivor}}", by: "{{by}} · {{at}}", until: "{{at}} 前可撤销", undoneAt: "{{at}} 撤销：{{reason}}", blocked: "现在不能合并：", undoBlocked: "现在不能撤销：", left: "{{name}} 留下", back: "{{name}} 拿回", nothing: "没有余额要分",
    fields: { name: "姓名", gender: "性别", birthday: "生日", phone: "手机号", homeStoreId: "所属门店" },
    lines: { points: "积分", "prepaid": "储值", tier: "等级", coupons: "可用优惠券", orders: "订单", cards: "次卡月卡", records: "关联的业务记录", tags: "标签", comments: "讨论", refusals: "拒绝的联系方式" },
    assets: { principal: "储值本金", bonus: "储值赠金", card: "次卡月卡余额" },
    blockers: { "not-active": "其中一位会员不是正常状态", "stored-value-frozen": "有储值被冻结（挂失或争议）", "deletion-waiting": "其中一位正在注销", undone: "已经撤销过", "too-late": "超过 180 天", "merged-again": "保留的会员又并入了别人，请先撤销后一次合并", closed: "会员已注销" },
  },
  duplicates: {
    title: "重复会员", lead: "可能是同一个人的会员，分数越高越像。J / K 上下移动，M 合并，N 不是同一人，L 以后再说。", none: "没有待处理的重复会员", noneText: "点“查找重复”比对全部会员。", find: "查找重复", finding: "正在比对会员", merging: "正在批量合并",
    stop: "停止", all: "批量合并…", allTitle: "合并所有高分重复", allText: "分数不低于下面数值的都会合并，保留入会较早的一位；每次合并都能单独撤销。", minScore: "最低分", merge: "合并", different: "不是同一人", later: "以后再说", reopen: "重新打开",
    found: "找到 {{count}} 对", merged: "合并 {{count}} 对", state: "状态", states: { open: "待处理", later: "以后再说", different: "不是同一人", merged: "已合并" }, keeps: "保留这位", address: "地址", joined: "入会", more: "更多", score: "{{score}} 分",
    fields: { name: "姓名", birthday: "生日", phone: "手机号", address: "地址", gender: "性别", identity: "识别方式冲突" }, agreements: { same: "相同", near: "相近", partly: "部分相同", different: "不同" },
  },
};
