/** Who has to agree to what, and what waits for whom. */
export const approval = {
  approval: {
    page: "审批", lead: "等您决定的、您申请的，以及来龙去脉。", settings: "审批设置", settingsLead: "哪些事要谁同意，从多少起；没有步骤的不用审批。",
    view: { mine: "待我审批", asked: "我申请的", decided: "我已处理", all: "全部" }, none: { mine: "没有等您审批的", asked: "您还没有申请过", decided: "您还没有处理过", all: "没有审批" },
    kind: { points: "积分调整", refund: "退款", withdrawal: "退还储值", pack: "业务线模板", import: "数据导入" }, kindTitle: "类型", state: { waiting: "待审批", approved: "已通过", rejected: "已驳回", withdrawn: "已撤回" }, stateTitle: "状态",
    what: "事项", askedBy: "申请人", byMember: "会员本人", askedAt: "申请时间", step: "当前步骤", due: "期限", amount: "数量", becomes: "变为", failed: "已同意，但当时没有办成，仍在等待", failedShort: "未办成",
    quantity: { points: "{{value}} 积分", rows: "{{value}} 行", changes: "{{value}} 处" }, unit: { points: "积分", rows: "行", changes: "处" },
    builtIn: { "above-limit": "超出本人上限", withdrawal: "退还审批" }, chain: "审批流程", history: "经过", system: "系统", mode: { any: "任一人同意", all: "全部同意", serial: "依次同意" }, decidersOf: "{{mode}}：{{names}}", modeTitle: "怎样算通过",
    stepState: { done: "已完成", open: "进行中", coming: "未到", left: "未进行" }, seat: { queued: "排队中", waiting: "待决定", approved: "同意", rejected: "驳回", handed: "已转交", passed: "不用再决定" },
    byDeputy: "{{name}} 代", forName: "替 {{name}}", see: { member: "查看会员", order: "查看订单", withdrawal: "查看退还", pack: "查看业务线模板", import: "查看导入" },
    happened: { asked: "提交申请", approved: "同意", rejected: "驳回", delegated: "转交", escalated: "超时升级", "fell-back": "没有人能决定，转给管理员", "not-carried-out": "同意，但没有办成：", "carried-out": "已办理", withdrawn: "撤回" },
    comment: "意见", commentHint: "意见（Ctrl+Enter 同意，Ctrl+Shift+Enter 驳回）", needsComment: "驳回要写意见", approve: "同意", reject: "驳回", delegate: "转交", withdraw: "撤回申请", handTo: "转交给谁", hand: "转交", done: { approve: "已同意", reject: "已驳回", delegate: "已转交", withdraw: "已撤回" },
    deputies: "离岗代理", deputiesLead: "您不在的时候，由同事替您决定；您自己仍然可以决定。自己的申请永远不能自己批。", noDeputies: "没有代理安排", newDeputy: "安排代理", deputy: "代理人", deputyNote: "说明，例如年假", deputyOfMine: "{{name}} 代理您", deputyOf: "您代理 {{name}}", deputyEnd: "结束",
    waitingTitle: "等待审批", waitingFor: "「{{step}}」：由{{names}}决定。", waitingText: "还没有办理。通过后会自动完成，并通知您。", waitingOk: "知道了", open: "查看审批",
    nobodyAsked: "不用审批", default: "系统默认", changedBy: "{{name}} 于 {{at}} 修改", fromAmount: "满 {{amount}} 起", aboveLimit: "超出本人上限时", askedAt2: "{{levels}}申请的", leaderOf: "所属{{level}}的{{role}}", timeout: "{{hours}} 小时未处理", nextLevel: "上一级",
    level: { store: "门店", city: "城市", region: "大区", headquarters: "总部" }, who: { able: "能独自办理的人", roles: "指定角色", leader: "所属组织的负责人", staff: "指定员工" }, whoTitle: "谁审批", ableHelp: "有这项权限、且额度够的同事",
    chainOf: "{{kind}}的审批流程", editorLead: "从上到下依次进行；不满足条件的步骤跳过，一步都不满足就不用审批。", backToDefault: "恢复默认", stepNo: "第 {{no}} 步", stepName: "步骤名称", addStep: "添加步骤", up: "上移", down: "下移", remove: "删除这一步",
    askerLevel: "申请人属于", everyLevel: "哪一级申请都要", from: "从多少起", roles: "角色", role: "角色", levelTitle: "哪一级", people: "员工", timeoutAfter: "超时", never: "不限", hours: "小时", escalateTo: "超时后给谁", nobodyHolds: "现在没有人能做这一步",
    try: "试一试", tryLead: "按上面的步骤，看看会由谁决定；不会留下任何申请。", tryDo: "看由谁决定", asker: "申请人", atStore: "门店（默认申请人所属）", asIfAbove: "当作超出本人上限",
    wouldAsk: "{{name}}在{{place}}申请，要审批。", wouldNotAsk: "{{name}}在{{place}}申请，不用审批。", fallback: "没有人能决定，转给管理员", nobodyAtAll: "没有人", leftOut: { amount: "未到金额，跳过", level: "不是这一级申请的，跳过", limit: "没有超出本人上限，跳过" },
  },
  todo: {
    page: "待办", lead: "等您处理的事，先到期的在前。", badge: "待办，{{count}} 项", new: "新建任务", title: "做什么", note: "说明", dueOn: "期限", for: "给谁", forHelp: "留空是给自己。", view: { open: "待处理", done: "已完成", given: "我交给别人的" }, none: { open: "都处理完了", done: "还没有完成过", given: "没有交给别人的任务" }, noneText: "有审批、任务或要处理的事时会出现在这里。",
    kindTitle: "类型", kind: { approval: "审批", task: "任务", duplicates: "重复会员", "offline-exceptions": "离线异常", webhook: "事件推送" }, by: "{{name}} 提出", due: "{{at}} 到期", late: "已过期：{{at}}", ticked: "已完成", undo: "撤销",
  },
};
