/** Public and private seas: who claims which record, and for how long. */
export const sales = {
  sea: {
    lead: "没有负责人的在公海，谁都可以领；领走的进自己的私海，到期没有跟进会自动回来。", side: { public: "公海", mine: "我的私海", all: "全部" }, none: { public: "公海是空的", mine: "您的私海是空的", all: "还没有记录" }, toPublic: "去公海领取",
    pool: "公海池", poolOption: "{{name}}（{{object}}，公海 {{count}} 条）", noPools: "还没有公海", noPoolsText: "请主管为一个业务对象建立公海。", noPoolsManage: "为一个业务对象（例如商户线索）建立公海池，它的记录就有了负责人、保护期和自动回收。",
    meter: { held: "私海", claimed: "今日已领" }, dueSoon: "{{count}} 条 3 天内到期", filling: "正在把已有的记录放进公海池", search: "按名称搜索", due: "到期", dueWithin: "{{count}} 天内到期", sort: "排序", sorts: { due: "先到期的在前", "-since": "刚进来的在前", since: "停留最久的在前" },
    owner: "负责人", newOwner: "给谁", nobody: "没有（在公海）", inSeaSince: "进入公海", ownedSince: "负责自", touched: "最近跟进", left: "保护剩余", daysLeft: "剩 {{count}} 天", over: "已到期，即将回公海", heldForGood: "长期持有", notReturned: "不限期",
    move: { claim: "领取", assign: "分配", transfer: "转移", extend: "延期", return: "退回公海", move: "换公海池" }, more: "更多", coolingUntil: "{{on}}后可领", note: "说明（可不填）", extendText: "到期日延后 {{count}} 天。", returnText: "退回后 {{count}} 天内您不能再领取。",
    askOne: { assign: "分配「{{title}}」", transfer: "转移「{{title}}」", extend: "延期「{{title}}」？", return: "把「{{title}}」退回公海？", move: "给「{{title}}」换公海池" },
    askMany: { assign: "分配 {{count}} 条", transfer: "转移 {{count}} 条", extend: "延期 {{count}} 条？", return: "把 {{count}} 条退回公海？", move: "给 {{count}} 条换公海池" },
    doneOne: { claim: "「{{title}}」已是您的", assign: "「{{title}}」已分配", transfer: "「{{title}}」已转移", extend: "「{{title}}」已延期", return: "「{{title}}」已退回公海", move: "「{{title}}」已换公海池" },
    doneMany: { claim: "领取了 {{count}} 条", assign: "分配了 {{count}} 条", transfer: "转移了 {{count}} 条", extend: "延期了 {{count}} 条", return: "退回了 {{count}} 条", move: "换了 {{count}} 条" },
    notDone: { claim: "没有领到", assign: "没有分配", transfer: "没有转移", extend: "没有延期", return: "没有退回", move: "没有换公海池" }, partly: "{{moved}}，{{count}} 条没有成功", unchanged: "没有变化", understood: "知道了", records: "{{count}} 条", andMore: "还有 {{count}} 条", until: "{{on}}后可以",
    refused: {
      taken: "已有负责人", full: "私海已满（最多 {{capacity}} 条）", "daily-limit": "今天的领取次数已用完（每天 {{claims}} 条）", "cooling-down": "退回或被收回不久，还不能领", "not-yours": "不是您的", "no-extension-left": "延期次数已用完", "not-in-pool": "已不在这个公海池", "inactive-staff": "这位同事已停用", other: "没有成功",
    },
    chosen: "已选 {{count}} 条", chosenTitle: "已选的记录", chooseNone: "取消选择", tooMany: "一次最多 {{count}} 条，请少选一些",
    ownership: "归属", history: "归属历史", extensionsLeft: "还可延期（次）", reasonDue: { idle: "到期前没有跟进就回公海", win: "到期前没有签下就回公海" }, system: "系统", somebody: "已离开的同事",
    entry: { join: "进入公海池", make: "{{to}} 自己录入", giveBack: "{{by}} 退回公海", claim: "{{to}} 领取", assign: "{{by}} 分配给 {{to}}", transfer: "{{by}} 从 {{from}} 转给 {{to}}", return: "{{by}} 把 {{from}} 的退回公海", recycle: "到期，从 {{from}} 收回公海", extend: "{{by}} 延期", move: "{{by}} 换公海池", leave: "离开公海池" },
    rules: "公海规则", rulesOf: "{{name}}的规则", new: "新建公海池", wonStagesHelp: "到了这些阶段就不再自动收回。", isDefaultHelp: "新记录先进默认的池；每个对象有一个。",
    field: { name: "名称", capacity: "每人最多持有（条）", claimsPerDay: "每人每天最多领取（条）", idleDays: "多久没跟进就收回", winDays: "多久没签下就收回", wonStages: "算签下的阶段", coolDownDays: "冷却期", extensions: "可延期次数", extensionDays: "每次延长", isDefault: "默认的公海池" },
    says: {
      capacity: "每人最多持有 {{count}} 条。", noCapacity: "每人持有多少不限。", claims: "每人每天最多领取 {{count}} 条。", idle: "{{count}} 天没有跟进，自动回公海。", win: "拿到后 {{count}} 天还没到「{{stages}}」，自动回公海。", term: "拿到后满 {{count}} 天，自动回公海。", never: "不会自动收回。",
      won: "到了「{{stages}}」就长期持有。", extension: "每条可延期 {{count}} 次，每次 {{days}} 天。", coolDown: "退回或被收回的人，{{count}} 天内不能再领同一条。",
    },
    archive: "归档这个池", archiveTitle: "归档「{{name}}」？", archiveText: "不再进新记录；里面的记录换到另一个池，负责人不变。", archiveTo: "记录换到", archived: "已归档",
    forecast: "按这些规则会怎样", returned: { today: "今天收回", in7Days: "7 天内收回", in30Days: "30 天内收回" }, overCapacity: "超过容量：{{names}}。已有的不会收回，只是不能再领。",
  },
};
