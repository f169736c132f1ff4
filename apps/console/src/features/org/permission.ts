/** Every permission the server knows; the order and the groups are those of the role matrix. */
export const permissionGroups = {
  members: ["members.read", "members.write", "members.reveal", "members.merge"],
  till: ["till.use", "discounts.10", "discounts.30", "discounts.any", "orders.read", "orders.write", "orders.refund"],
  value: ["points.adjust", "stored-value.top-up", "stored-value.withdraw", "stored-value.approve", "loyalty.manage", "promotions.manage", "products.manage"],
  organisation: ["staff.manage", "roles.manage", "org.manage", "approvals.manage", "announcements.manage", "comments.manage"],
  sales: ["seas.read", "seas.claim", "seas.assign", "seas.manage"],
  platform: ["api-keys.manage", "webhooks.manage", "audit.read", "dashboard.read", "finance.read", "records.read", "records.write", "objects.manage", "imports.manage", "exports.create"],
} as const;

export type Permission = (typeof permissionGroups)[keyof typeof permissionGroups][number];
