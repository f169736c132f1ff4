/** Why a value that somebody typed is not taken: the codes in a problem's `errors`. */
export const fieldWords = {
  taken: "已被使用",
  unknown: "不存在",
  required: "请填写",
  invalid: "格式不对",
  invalid_format: "格式不对",
  invalid_type: "类型不对",
  invalid_value: "不是可选的值",
  too_small: "太小或太短",
  too_big: "太大或太长",
  repeated: "有重复",
  duplicate: "有重复",
  "too-many": "太多了",
  "too-far": "超出范围",
  "out-of-order": "先后不对",
  "before-from": "早于开始日期",
  "below-issued": "不能少于已发数量",
  "store-phone": "这是门店的电话",
  "made-up": "不像真实的号码",
  "no-such-day": "没有这一天",
  "no-such-month": "这一年没有这个闰月",
  "lunar-only": "只有农历才有闰月",
  "out-of-range": "超出范围",
  "over-card-limit": "超过记名卡的上限",
  weak: "太容易被猜到",
  wrong: "不对",
  step: "不是规定的倍数",
  "read-only": "您的角色不能修改这个字段",
  "not-mapped": "没有列对应到它",
};

/** Why an import leaves a row alone, where that is said another way than of a form. A value may stand behind it. */
export const rowWords = {
  // What a cell says.
  "not-a-date": "不是日期", "incomplete-date": "没有月和日；不知道就留空", "ambiguous-date": "日期有两种读法，请选择日期的写法", "in-the-future": "在将来",
  "not-a-number": "不是数字", "not-an-amount": "不是金额（元）", "not-a-yes-or-no": "不是“是”或“否”", "unknown-option": "不是可选的选项", "too-many": "项数太多", "too-long": "太长",
  "cell-too-long": "超过单元格的长度", "lost-digits": "长号码被表格软件缩写过，后面的数字已丢失；请把这一列设为文本再导出", "unreadable-text": "有读不出的字符，请检查编码", required: "必填", custom: "不符合要求", rule: "不符合校验规则",
  // What a line is.
  "too-many-cells": "单元格比表头多，可能缺少引号", "too-large": "列太多", unreadable: "从这一行起读不下去：引号没有闭合，或文件已损坏", repeated: "和文件里前面的行重复",
  "unknown-field": "没有这个字段", "unknown-file": "没有这个文件",
  // Whom it means.
  nobody: "没有姓名，也没有手机号、卡号或编号", placeholder: "这是没有号码时随手填的号", shared: "很多人共用或已被屏蔽，不属于任何人", "likely-same": "和已有会员同名同生日", taken: "已属于别的会员",
  unknown: "没有找到", "unknown-member": "没有这个会员号", "unknown-record": "没有叫这个名称或编号的", "unknown-record-in-part": "没有叫这个名称或编号的；文件超过一万行时，请先单独导入被引用的行", "refused-row": "引用的行没有导入", ambiguous: "不止一条符合，请换成唯一的编号", "not-known": "没有匹配到已有的，按设置跳过",
  "not-active": "会员已注销或正在注销", "out-of-reach": "不在您的数据范围", store: "不在您的数据范围", duplicate: "已被另一条记录使用", circular: "引用绕成了圈",
  // What happened since.
  "changed-since-check": "检查之后被改过", "changed-since": "导入之后被改过", "taken-since": "导入之后已属于别人", used: "导入之后有了消费、积分等", gone: "已经不在", claimed: "已有人负责", "referred-to": "被其他记录引用",
  "in-terms": "被优惠活动、优惠券或积分规则指定",
};
