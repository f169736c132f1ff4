import {
  AccountBookOutlined, ApiOutlined, AppstoreOutlined, BlockOutlined, DatabaseOutlined, AuditOutlined, BarChartOutlined, CheckSquareOutlined, ClusterOutlined, ContainerOutlined, CreditCardOutlined, CrownOutlined, DisconnectOutlined, ExperimentOutlined, FileDoneOutlined, FileTextOutlined, FunnelPlotOutlined, GiftOutlined, HistoryOutlined, HeartOutlined, InboxOutlined, IdcardOutlined, KeyOutlined, MergeCellsOutlined,
  PartitionOutlined, PercentageOutlined, SafetyOutlined, ShopOutlined, ShoppingCartOutlined, ShoppingOutlined, StarOutlined, TagsOutlined, TeamOutlined, UserOutlined,
  ExportOutlined, FileProtectOutlined, ImportOutlined, NotificationOutlined, RollbackOutlined, ScanOutlined, SwapOutlined, WalletOutlined, WechatOutlined,
} from "@ant-design/icons";
import type { ConsoleSchemas } from "@shuke/api";
import type { ComponentType } from "react";
import type { Permission } from "../features/org/permission.ts";

export type PageName = ConsoleSchemas["ConsolePage"];
export type Menu = ConsoleSchemas["Menu"];
export type MenuEntry = Menu[number]["entries"][number];

interface Page {
  to: string;
  icon: ComponentType;
  /** `null`: for everybody who is signed in. */
  permission: Permission | null;
}

/** Every page that a menu can name. */
export const pages: Readonly<Record<PageName, Page>> = {
  dashboard: { to: "/", icon: BarChartOutlined, permission: "dashboard.read" },
  till: { to: "/till", icon: ShoppingCartOutlined, permission: "till.use" },
  members: { to: "/members", icon: UserOutlined, permission: "members.read" },
  orders: { to: "/orders", icon: FileTextOutlined, permission: "orders.read" },
  todos: { to: "/todos", icon: CheckSquareOutlined, permission: null },
  approvals: { to: "/approvals", icon: FileDoneOutlined, permission: null },
  duplicates: { to: "/duplicates", icon: MergeCellsOutlined, permission: "members.merge" },
  records: { to: "/records", icon: DatabaseOutlined, permission: "records.read" },
  seas: { to: "/seas", icon: ClusterOutlined, permission: "seas.read" },
  pickup: { to: "/pickup", icon: InboxOutlined, permission: "till.use" },
  redemptions: { to: "/redemptions", icon: ContainerOutlined, permission: "members.read" },
  offlineExceptions: { to: "/offline-exceptions", icon: DisconnectOutlined, permission: "orders.refund" },
  points: { to: "/points", icon: StarOutlined, permission: "loyalty.manage" },
  tiers: { to: "/tiers", icon: CrownOutlined, permission: "loyalty.manage" },
  lifecycle: { to: "/lifecycle", icon: FunnelPlotOutlined, permission: "loyalty.manage" },
  benefits: { to: "/benefits", icon: HeartOutlined, permission: "loyalty.manage" },
  mallItems: { to: "/mall-items", icon: ShoppingOutlined, permission: "loyalty.manage" },
  coupons: { to: "/coupons", icon: GiftOutlined, permission: "promotions.manage" },
  offers: { to: "/offers", icon: PercentageOutlined, permission: "promotions.manage" },
  simulator: { to: "/simulator", icon: ExperimentOutlined, permission: "promotions.manage" },
  replays: { to: "/replays", icon: HistoryOutlined, permission: "promotions.manage" },
  products: { to: "/products", icon: TagsOutlined, permission: "products.manage" },
  topUpPlans: { to: "/top-up-plans", icon: CreditCardOutlined, permission: "loyalty.manage" },
  cardProducts: { to: "/card-products", icon: IdcardOutlined, permission: "loyalty.manage" },
  storedCards: { to: "/stored-cards", icon: WalletOutlined, permission: "stored-value.top-up" },
  withdrawals: { to: "/withdrawals", icon: RollbackOutlined, permission: "stored-value.withdraw" },
  settlements: { to: "/settlements", icon: SwapOutlined, permission: "finance.read" },
  liability: { to: "/liability", icon: AccountBookOutlined, permission: "finance.read" },
  stores: { to: "/stores", icon: ShopOutlined, permission: "org.manage" },
  staff: { to: "/staff", icon: TeamOutlined, permission: "staff.manage" },
  announcements: { to: "/announcements", icon: NotificationOutlined, permission: "announcements.manage" },
  approvalChains: { to: "/approval-chains", icon: PartitionOutlined, permission: "approvals.manage" },
  roles: { to: "/roles", icon: SafetyOutlined, permission: "roles.manage" },
  objects: { to: "/objects", icon: AppstoreOutlined, permission: "objects.manage" },
  packs: { to: "/packs", icon: BlockOutlined, permission: "objects.manage" },
  identityRules: { to: "/identity-rules", icon: ScanOutlined, permission: "members.merge" },
  privacyPolicies: { to: "/privacy-policies", icon: FileProtectOutlined, permission: "org.manage" },
  merchantAccount: { to: "/merchant-account", icon: WechatOutlined, permission: "org.manage" },
  apiKeys: { to: "/api-keys", icon: KeyOutlined, permission: "api-keys.manage" },
  imports: { to: "/imports", icon: ImportOutlined, permission: "imports.manage" },
  exports: { to: "/exports", icon: ExportOutlined, permission: "exports.create" },
  webhooks: { to: "/webhooks", icon: ApiOutlined, permission: "webhooks.manage" },
  audit: { to: "/audit", icon: AuditOutlined, permission: "audit.read" },
};

/** What the menu offers to whose roles have none of their own; nobody is shown an entry whose page would refuse them. */
export const standardMenu: { name: string; pages: PageName[] }[] = [
  { name: "daily", pages: ["dashboard", "till", "members", "orders", "todos", "approvals", "duplicates", "records", "seas", "pickup", "redemptions", "offlineExceptions"] },
  { name: "programme", pages: ["points", "tiers", "lifecycle", "benefits", "mallItems"] },
  { name: "promotion", pages: ["coupons", "offers", "simulator", "replays", "products"] },
  { name: "money", pages: ["topUpPlans", "cardProducts", "storedCards", "withdrawals", "settlements", "liability"] },
  { name: "organisation", pages: ["stores", "staff", "announcements", "approvalChains", "roles"] },
  { name: "platform", pages: ["objects", "packs", "identityRules", "privacyPolicies", "merchantAccount", "apiKeys", "imports", "exports", "webhooks", "audit"] },
];
