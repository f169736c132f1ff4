import type { DataScope } from "../../kernel/scope.ts";
import { permissionIds, type Permission } from "./permission.ts";

export type BuiltInRole = "admin" | "store-manager" | "regional-manager" | "cashier" | "marketer" | "service" | "auditor";

interface RoleDefinition {
  name: string;
  scope: DataScope["kind"];
  permissions: readonly Permission[];
}

const manager: readonly Permission[] = [
  "members.read", "members.write", "members.reveal", "till.use", "discounts.30", "orders.read", "orders.write", "orders.refund", "points.adjust",
  "stored-value.top-up", "stored-value.withdraw", "dashboard.read", "finance.read", "records.read", "records.write", "seas.read", "seas.claim", "exports.create",
];

/** The roles every tenant starts with; a tenant may change all but the administrator's. */
export const builtInRoles: Readonly<Record<BuiltInRole, RoleDefinition>> = {
  admin: { name: "管理员", scope: "all", permissions: permissionIds },
  "store-manager": { name: "店长", scope: "store", permissions: manager },
  "regional-manager": { name: "区域经理", scope: "region", permissions: [...manager, "seas.assign"] },
  cashier: { name: "收银员", scope: "store", permissions: ["members.read", "members.write", "till.use", "discounts.10", "orders.read", "stored-value.top-up"] },
  marketer: {
    name: "营销", scope: "all",
    permissions: ["members.read", "orders.read", "loyalty.manage", "promotions.manage", "products.manage", "dashboard.read", "records.read", "records.write", "exports.create"],
  },
  service: {
    name: "客服", scope: "all",
    permissions: ["members.read", "members.write", "members.reveal", "members.merge", "orders.read", "orders.write", "orders.refund", "points.adjust", "stored-value.withdraw", "records.read", "records.write"],
  },
  auditor: { name: "审计", scope: "all", permissions: ["members.read", "orders.read", "audit.read", "dashboard.read", "finance.read", "records.read", "seas.read", "exports.create"] },
};

export const builtInRoleNames = Object.keys(builtInRoles) as BuiltInRole[];
