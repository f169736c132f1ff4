import type { TargetField } from "../../platform/index.ts";

const field = (key: string, name: string, nameEn: string, more: Partial<TargetField> = {}): TargetField => ({ key, name, nameEn, kind: "text", isRequired: false, isIdentifier: false, ...more });

/** What a file may tell of a member, with the headers that other systems write over it. */
export const memberFields: readonly TargetField[] = [
  field("name", "姓名", "Name", { aliases: ["会员姓名", "会员名称", "会员名", "客户姓名", "客户名称", "顾客姓名", "顾客", "名字", "名称", "full name", "member name", "customer name"] }),
  field("phone", "手机号", "Phone", { kind: "phone", isIdentifier: true, aliases: ["手机", "手机号码", "会员手机", "会员手机号", "电话", "电话号码", "联系电话", "联系方式", "mobile", "mobile phone", "phone number", "cell phone", "tel", "telephone"] }),
  field("externalId", "外部编号", "External id", { isIdentifier: true, aliases: ["客户编号", "会员编号", "会员id", "会员ID", "编号", "用户编号", "customer id", "member id", "user id", "id", "external id"] }),
  field("card", "会员卡号", "Card number", { isIdentifier: true, aliases: ["卡号", "实体卡号", "会员卡", "card", "card no", "card number"] }),
  field("memberNo", "会员号", "Member number", { isIdentifier: true, aliases: ["member no", "member number"] }),
  field("gender", "性别", "Gender", {
    kind: "choice", aliases: ["sex", "称呼"],
    options: [
      { key: "female", name: "女", nameEn: "woman" }, { key: "female", name: "女士", nameEn: "F" }, { key: "female", name: "女性" }, { key: "female", name: "小姐" },
      { key: "male", name: "男", nameEn: "man" }, { key: "male", name: "先生", nameEn: "M" }, { key: "male", name: "男性" }, { key: "unknown", name: "未知", nameEn: "unknown" }, { key: "unknown", name: "保密" }, { key: "other", name: "其他", nameEn: "other" },
    ],
  }),
  field("birthday", "生日", "Birthday", { kind: "birthday", aliases: ["出生日期", "出生年月", "出生年月日", "会员生日", "birth date", "date of birth", "dob"] }),
  field("store", "归属门店", "Home store", { kind: "store", aliases: ["门店", "所属门店", "开卡门店", "店铺", "门店编码", "门店名称", "store", "store code", "shop"] }),
  field("joinedAt", "入会时间", "Joined at", { kind: "instant", aliases: ["注册时间", "入会日期", "开卡时间", "开卡日期", "注册日期", "创建时间", "joined", "join date", "created at", "registered at"] }),
  field("tags", "标签", "Tags", { kind: "choices", aliases: ["会员标签", "客户标签", "tag", "labels"] }),
  field("address", "地址", "Address", { isPersonal: true, aliases: ["联系地址", "家庭地址", "住址", "详细地址", "addr"] }),
];
