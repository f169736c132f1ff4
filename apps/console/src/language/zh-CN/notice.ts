/** What staff are told, say to each other and announce. */
export const notice = {
  notice: {
    bell: "通知，{{count}} 条未读", page: "通知", lead: "与您有关的事，保留 90 天。", all: "全部通知", readAll: "全部标为已读", markRead: "标为已读", markUnread: "标为未读", unreadMark: "未读：", none: "没有通知", noneText: "有人提到您、任务完成或有新公告时会出现在这里。",
    settings: "通知设置", choices: "接收哪些通知",
    kind: { all: "全部", mention: "提到我的", approval: "审批", announcement: "公告", run: "后台任务", system: "系统" },
    title: {
      mention: { member: "{{by}} 在会员讨论中提到了您", order: "{{by}} 在订单讨论中提到了您", record: "{{by}} 在业务记录讨论中提到了您" },
      answer: { member: "{{by}} 回复了您关于会员的评论", order: "{{by}} 回复了您关于订单的评论", record: "{{by}} 回复了您关于业务记录的评论" },
      announcement: { published: "新公告：{{title}}" },
      approval: { asked: "有一项审批等您处理：$t(approval.kind.{{what}})", approved: "您提交的审批已通过并办理：$t(approval.kind.{{what}})", rejected: "您提交的审批被驳回：$t(approval.kind.{{what}})", failed: "您提交的审批已通过，但没有办成，仍在等待：$t(approval.kind.{{what}})" },
      task: { given: "{{by}} 给您派了一项待办" },
      import: { applied: "「{{name}}」已导入完成", undone: "「{{name}}」的导入已撤销", failed: "「{{name}}」导入失败" },
      export: { done: "导出「{{name}}」已完成，共 {{rows}} 行" },
      push: { done: "优惠券「{{name}}」已发完：发出 {{issued}} 张，未发 {{refused}} 张", failed: "优惠券「{{name}}」提前结束：发出 {{issued}} 张，未发 {{refused}} 张" },
      replay: { done: "历史试算「{{name}}」已完成", failed: "历史试算「{{name}}」失败" },
      fill: { done: "字段「{{name}}」已可筛选", failed: "字段「{{name}}」有重复的值，没有设为唯一" },
      duplicates: { found: "重复会员比对完成，新找到 {{found}} 对", merged: "批量合并完成，合并 {{found}} 对" },
      seas: { assigned: "有人分给您 {{count}} 条（{{pool}}）", recycled: "您的 {{count}} 条到期，已回公海（{{pool}}）", "due-soon": "您有 {{count}} 条 {{days}} 天内到期（{{pool}}）" },
      webhook: { broken: "Webhook {{host}} 连续推送失败，已停用" },
    },
  },
  thread: {
    title: "讨论", write: "写给同事，输入 @ 提到谁", send: "发送", reply: "回复", replyTo: "回复 {{name}}", change: "修改评论", edited: "已编辑", versions: "修改记录", remove: "撤回", removeTitle: "撤回这条评论？", removed: "已撤回", removeOthers: "删除", removeOthersTitle: "删除 {{name}} 的评论？", removeOthersText: "评论会从讨论中隐去，并注明由您删除；原因记入审计日志。", removedBy: "已由 {{name}} 删除", reveal: "显示完整号码",
    none: "还没有讨论", noneText: "能看到这一页的同事都能看到讨论；客人看不到。", nobody: "没有能看到此页的同事", noAccess: "{{names}} 没有权限查看此页，不能提到",
  },
  bulletin: {
    page: "公告", lead: "发给您的公告。", none: "没有公告", banner: "公告", more: "还有 {{count}} 条", open: "查看", confirm: "确认已读", seen: "知道了", pinned: "置顶", over: "已结束", confirmedAt: "{{at}} 已确认", readAt: "{{at}} 已读",
  },
  announcement: {
    lead: "写给员工的公告：选择对象和时间，看谁已读、谁已确认。", new: "写公告", edit: "修改公告", none: "还没有公告", noneText: "公告发布后显示在每一页顶部，并响起通知。",
    title: "标题", body: "内容", state: "状态", audience: "对象", time: "时间", readCount: "已读", readings: "「{{title}}」的阅读情况", everybody: "全体员工", roles: "角色", units: "组织", unitsHint: "包括下级；同时选角色时，是这些组织里的这些角色。",
    fromAt: "开始", fromHint: "留空则发布即开始。", untilAt: "结束", pinned: "置顶", needsConfirmation: "需要确认", publish: "发布", withdraw: "撤回",
    states: { draft: "草稿", scheduled: "待开始", published: "已发布", over: "已结束", withdrawn: "已撤回" }, done: { draft: "已存为草稿", scheduled: "已发布，到时开始", published: "已发布", over: "已结束", withdrawn: "已撤回，再次发布即可恢复" },
    staff: "员工", readAt: "阅读时间", confirmedAt: "确认时间", reading: { all: "全部", unread: "未读", read: "已读", confirmed: "已确认" },
  },
  policy: {
    lead: "会员同意的文本，每个用途一份。", version: "第 {{version}} 版", publish: "发布新文本", publishedAt: "{{at}} 发布", first: "系统自带的文本", new: "{{purpose}} · 第 {{version}} 版", again: "发布后，所有会员需要重新表态；在此之前不会为这个用途联系他们。", text: "中文", textEn: "英文", preview: "会员看到的",
  },
  identityRules: {
    lead: "凭什么认出一位客人，从强到弱。", limits: "每位会员最多有几个", lease: "号码租期（天）", leaseHint: "手机号沉默超过这么久、又换了设备，就要求验证身份。", try: "试一试", tryHint: "输入客人带来的内容，看会认成谁；不会留下任何改动。", tryDo: "认一认", kind: "类型", value: "内容", see: "查看会员",
    decision: { found: "认出一位会员。", created: "没有人用过，会成为新会员。", unknown: "认不出是谁。", "step-up": "需要验证身份。" },
    step: { matched: "认出", linked: "会加上", unlinked: "解除", released: "释放", lapsed: "沉默太久", waits: "等待验证", nobody: "不能单独认人", blocked: "已屏蔽", unreadable: "格式不对", "belongs-to-another": "属于另一位，让位", "over-limit": "超过上限，让位" },
    blocked: "屏蔽的内容", blockedHint: "很多人共用的内容认不出任何人：公用手机、收银平板、占位号码。", block: "屏蔽", unblock: "取消屏蔽", noneBlocked: "没有屏蔽的内容", at: "屏蔽时间",
  },
};
