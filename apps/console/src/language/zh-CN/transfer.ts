import { rowWords } from "@shuke/api/words/zh-CN";

/** Lists that leave as files, and files that come in. */
export const transfer = {
  export: {
    do: "导出", title: "导出列表", lead: "导出当前筛选出的全部行。一万行以内立即下载，更多的在后台生成。", format: "格式", columns: "列", columnsHint: "文件按这里的顺序；下次导出这个列表时仍是这些列。", everyColumn: "全部（已选 {{count}}/{{all}}）",
    whole: "包含完整的手机号、邮箱", wholeHint: "默认脱敏。导出完整信息会连同原因记入审计日志。", reasonHint: "例如：发送活动短信", marked: "文件每一行都带导出编号，能查到是谁在什么时候导出的。",
    begun: "行数较多，正在后台生成；完成后会收到通知，可在「导出记录」下载。", taken: "已导出 {{name}}",
    pageLead: "谁在什么时候导出了什么。后台生成的文件保留 3 天，只有导出的人能下载。", none: "还没有导出过", noneText: "在会员、订单、业务记录等列表页点「导出」。",
    file: "文件", state: "状态", rows: "行数", size: "大小", by: "导出人", at: "时间", download: "下载", until: "保留到 {{at}}", isWhole: "完整信息",
    states: { running: "生成中", done: "已完成", failed: "失败", cancelled: "已取消" },
    failures: { "too-many-rows": "超过一百万行，请缩小筛选范围", "access-lost": "导出人已没有这项权限" },
    filters: { q: "搜索", storeId: "门店", tierId: "等级", tag: "标签", filter: "条件", sort: "排序", status: "状态", from: "从", to: "到", until: "到", memberId: "会员", object: "对象", view: "视图", code: "券码", pushId: "券码池", actor: "操作人", action: "操作", subject: "对象", month: "月份" },
  },
  import: {
    do: "导入", new: "新建导入", lead: "把文件导入会员、商品或业务记录：先检查、看清每一行会变成什么，再写入；写入后 30 天内可以撤销。", none: "还没有导入过", noneText: "支持 CSV 和 Excel（XLSX），中文 GBK 编码会自动识别。",
    file: "文件", target: "导入到", state: "状态", rows: "行数", written: "写入", writtenOf: "新增 {{created}}，更新 {{updated}}", by: "操作人", at: "时间", all: "全部导入", into: "导入到「{{target}}」 · {{by}}",
    startLead: "先选导入到哪里，再放入文件。检查完成之前不会写入任何数据。", noTarget: "没有可以导入的对象", noTargetText: "导入需要能手工登记它的权限。",
    drop: "把文件拖到这里", dropHint: "CSV 或 XLSX，第一行是表头；最大 10 GB。", choose: "选择文件",
    steps: "导入步骤", step: { upload: "上传文件", map: "对应列", check: "检查", preview: "预览", apply: "写入" },
    states: { uploading: "上传中", uploaded: "待对应列", mapped: "待检查", checking: "检查中", checked: "待确认", waiting: "等待审批", applying: "写入中", applied: "已写入", undoing: "撤销中", undone: "已撤销", failed: "失败", cancelled: "已取消" },
    uploading: "正在上传", sent: "已上传 {{sent}}，共 {{total}}", pause: "暂停", resumeDo: "继续", resume: "继续上传", resumeText: "「{{name}}」（{{size}}）还没有传完。请再次选择同一个文件，从断开的地方继续。", otherFile: "这不是同一个文件：大小不一样。",
    reading: "文件的读法", encoding: "编码", delimiter: "分隔符", sheet: "工作表", encodings: { "utf-8": "UTF-8", gb18030: "GBK / GB18030", "utf-16le": "UTF-16 LE", "utf-16be": "UTF-16 BE" }, delimiters: { comma: "逗号", semicolon: "分号", tab: "制表符", bar: "竖线" },
    unreadable: {
      empty: "文件是空的", "not-a-workbook": "这不是 Excel 工作簿（XLSX）", "old-workbook": "这是旧版 Excel（XLS），请另存为 XLSX", swells: "压缩包解开后大得不正常，已拒绝", "unknown-encoding": "认不出文件的编码，请选择编码后重试", "no-sheet": "没有这个工作表", "too-many-texts": "工作簿里的文本太多，请另存为 CSV", "too-many-columns": "列太多，最多 512 列", "not-a-text": "这不是文本文件", "too-many-entries": "压缩包里的文件太多", forgotten: "文件已过保留期，请重新上传", other: "这个文件读不了",
    },
    columns: "文件的列", column: "文件的列", samples: "内容示例", field: "对应字段", fieldOf: "「{{column}}」对应的字段", notTaken: "不导入", noHeader: "第 {{no}} 列", repeatedHeader: "列名重复", because: { header: "按列名推荐", content: "按内容推荐", saved: "按已存的对应" },
    options: "怎样写入", identifyBy: "用什么识别已有的", identifyHint: "按顺序，先找到的为准；找到的是更新，找不到的是新增。", identifyNone: "没有能识别的列：每一行都当作新的。",
    onMatch: "已有的", onMatchs: { update: "用文件更新", fill: "只补空白", skip: "跳过" }, onNew: "没有的", onNews: { create: "新建", skip: "跳过" }, onLikely: "同名同生日、可能是同一人的", onLikelys: { skip: "先不导入，列为重复", create: "照样新建" },
    dateOrder: "日期的写法", dateHint: "有的日期两种读法都通，例如 03/04/2024，请选一种。", dateOrders: { "day-first": "日在前（03/04 是 4 月 3 日）", "month-first": "月在前（03/04 是 3 月 4 日）" },
    store: "没写门店的行归到", storeHint: "不选则不指定门店。", saveAs: "保存这次的对应", saveAsHint: "起个名字，下次表头相同的文件自动套用；不填则不保存。", saveAsName: "例如：旧系统会员表", saved: "已存的对应（{{count}}）", dropSaved: "删除「{{name}}」",
    check: "检查", checkHint: "只是检查，不会写入。", doneOf: "{{done}} / {{total}}", leave: "可以离开此页，任务会继续。",
    verdictsLabel: "检查结果", outcomesLabel: "写入结果", undosLabel: "撤销结果",
    verdicts: { new: "新增", changed: "更新", duplicate: "重复", unchanged: "未变", error: "错误", skipped: "跳过" },
    outcomes: { created: "新增", updated: "更新", conflict: "冲突", refused: "被拒" }, undos: { removed: "已删除", restored: "已恢复", partly: "部分恢复", kept: "保留" },
    will: "将新增 {{created}} 条，更新 {{updated}} 条；{{left}} 条不写入。", apply: "写入", applyTitle: "现在写入？", applyText: "写入后 30 天内可以撤销。", waiting: "已提交，等待审批；通过后自动写入。", mapAgain: "修改对应",
    line: "行", title: "名称", values: "内容", changes: "变更（之前 → 之后）", reason: "原因", byReason: "按原因筛选", errorFile: "下载这些行", noRows: "没有这样的行", empty: "空",
    ended: { applied: "写入完成", undone: "已撤销", failed: "没有完成", cancelled: "已取消" }, result: "写入结果", undone: "撤销结果", keptUntil: "{{at}} 之前可以查看每一行，也可以撤销。", applyOn: "继续写入",
    undo: "撤销导入", undoTitle: "撤销这次导入？", foreseeing: "正在看能撤销多少…", foreseen: { removed: "将删除", restored: "将恢复原样", partly: "将部分恢复", kept: "将保留" }, foreseenStays: "没有恢复的内容，逐行说明原因：", foreseenPart: "文件很大：先看了最后 {{rows}} 行，共 {{total}} 行。",
    cancel: "取消导入", cancelTitle: "取消这次导入？", cancelText: "还没有写入任何数据。", cancelApplying: "已经写入的会保留，之后可以撤销。", goOn: "继续导入",
    stopped: { "access-lost": "操作人已没有这项权限", unreadable: "文件读不下去了", "field-kept": "有的列对应的字段，操作人已不能修改" },
    reasons: rowWords,
  },
};
