/** What a role may grant; the console shows the names. The order is the order of the role matrix. */
export const permissions = [
  { id: "members.read", zh: "查看会员", en: "See members" },
  { id: "members.write", zh: "登记和修改会员", en: "Register and change members" },
  { id: "members.reveal", zh: "查看完整手机号", en: "Reveal phone numbers" },
  { id: "members.merge", zh: "合并会员、管理身份规则", en: "Merge members and set the rules of identities" },
  { id: "till.use", zh: "收银", en: "Use the till" },
  { id: "discounts.10", zh: "手工优惠，不超过 10%", en: "Give discounts by hand, up to 10 %" },
  { id: "discounts.30", zh: "手工优惠，不超过 30%", en: "Give discounts by hand, up to 30 %" },
  { id: "discounts.any", zh: "手工优惠，不限", en: "Give any discount by hand" },
  { id: "orders.read", zh: "查看订单", en: "See orders" },
  { id: "orders.write", zh: "填写订单的自定义字段", en: "Write the own fields of orders" },
  { id: "orders.refund", zh: "退款", en: "Refund orders" },
  { id: "points.adjust", zh: "调整积分", en: "Adjust points" },
  { id: "stored-value.top-up", zh: "储值充值", en: "Top up stored value" },
  { id: "stored-value.withdraw", zh: "退还、转让、冻结储值和卡", en: "Give back, transfer and freeze prepaid value" },
  { id: "stored-value.approve", zh: "审批储值退还", en: "Approve withdrawals" },
  { id: "loyalty.manage", zh: "管理积分和等级", en: "Manage points and tiers" },
  { id: "promotions.manage", zh: "管理优惠券和活动", en: "Manage coupons and offers" },
  { id: "products.manage", zh: "管理商品", en: "Manage products" },
  { id: "records.read", zh: "查看自定义对象的记录", en: "See records of own objects" },
  { id: "records.write", zh: "登记和修改记录", en: "Make and change records" },
  { id: "seas.read", zh: "查看公海", en: "See seas" },
  { id: "seas.claim", zh: "从公海领取", en: "Claim from the sea" },
  { id: "seas.assign", zh: "分配和转移负责人", en: "Assign and transfer owners" },
  { id: "seas.manage", zh: "设置公海规则", en: "Set the rules of seas" },
  { id: "objects.manage", zh: "设计对象和字段", en: "Design objects and fields" },
  { id: "imports.manage", zh: "导入数据、撤销导入", en: "Import files and take imports back" },
  { id: "exports.create", zh: "导出列表", en: "Export lists" },
  { id: "staff.manage", zh: "管理员工", en: "Manage staff" },
  { id: "roles.manage", zh: "管理角色", en: "Manage roles" },
  { id: "comments.manage", zh: "删除同事的评论", en: "Remove colleagues' comments" },
  { id: "approvals.manage", zh: "设置审批流、查看全部审批", en: "Set approval chains up and see all requests" },
  { id: "org.manage", zh: "管理组织和门店", en: "Manage units and stores" },
  { id: "announcements.manage", zh: "发布公告", en: "Publish announcements" },
  { id: "api-keys.manage", zh: "管理接口密钥", en: "Manage API keys" },
  { id: "webhooks.manage", zh: "管理事件推送", en: "Manage webhooks" },
  { id: "audit.read", zh: "查看审计日志", en: "Read the audit log" },
  { id: "dashboard.read", zh: "查看数据看板", en: "See the dashboard" },
  { id: "finance.read", zh: "查看负债和结算报表", en: "See liability and settlement reports" },
] as const;

export type Permission = (typeof permissions)[number]["id"];
export const permissionIds: readonly Permission[] = permissions.map((one) => one.id);

/** Scopes of API keys, each with the permission somebody needs to hand it out. */
export const keyScopes = {
  "members:read": "members.read",
  "members:write": "members.write",
  "members:merge": "members.merge",
  "orders:read": "orders.read",
  "orders:write": "till.use",
  "discounts:write": "discounts.any",
  "products:write": "products.manage",
  "points:write": "points.adjust",
  "coupons:write": "promotions.manage",
  "records:read": "records.read",
  "records:write": "records.write",
} as const satisfies Record<string, Permission>;

export type KeyScope = keyof typeof keyScopes;
export const keyScopeIds = Object.keys(keyScopes) as [KeyScope, ...KeyScope[]];
