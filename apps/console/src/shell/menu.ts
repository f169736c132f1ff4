import {
  AccountBookOutlined, ApiOutlined, AppstoreOutlined, BlockOutlined, DatabaseOutlined, AuditOutlined, BarChartOutlined, CheckSquareOutlined, ContainerOutlined, CreditCardOutlined, CrownOutlined, DisconnectOutlined, ExperimentOutlined, FileDoneOutlined, FileTextOutlined, GiftOutlined, HistoryOutlined, HeartOutlined, InboxOutlined, IdcardOutlined, KeyOutlined, MergeCellsOutlined,
  PartitionOutlined, PercentageOutlined, SafetyOutlined, ShopOutlined, ShoppingCartOutlined, ShoppingOutlined, StarOutlined, TagsOutlined, TeamOutlined, UserOutlined,
  ExportOutlined, FileProtectOutlined, ImportOutlined, NotificationOutlined, RollbackOutlined, ScanOutlined, SwapOutlined, WalletOutlined, WechatOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Permission } from "../features/org/permission.ts";

interface Entry {
  to: string;
  name: string;
  icon: ComponentType;
  /** `null`: for everybody who is signed in. */
  permission: Permission | null;
}

/** What the menu offers; nobody is shown an entry whose page would refuse them. */
export const menu: { name: string; entries: Entry[] }[] = [
  {
    name: "daily",
    entries: [
      { to: "/", name: "dashboard", icon: BarChartOutlined, permission: "dashboard.read" },
      { to: "/till", name: "till", icon: ShoppingCartOutlined, permission: "till.use" },
      { to: "/members", name: "members", icon: UserOutlined, permission: "members.read" },
      { to: "/orders", name: "orders", icon: FileTextOutlined, permission: "orders.read" },
      { to: "/todos", name: "todos", icon: CheckSquareOutlined, permission: null },
      { to: "/approvals", name: "approvals", icon: FileDoneOutlined, permission: null },
      { to: "/duplicates", name: "duplicates", icon: MergeCellsOutlined, permission: "members.merge" },
      { to: "/records", name: "records", icon: DatabaseOutlined, permission: "records.read" },
      { to: "/pickup", name: "pickup", icon: InboxOutlined, permission: "till.use" },
      { to: "/redemptions", name: "redemptions", icon: ContainerOutlined, permission: "members.read" },
      { to: "/offline-exceptions", name: "offlineExceptions", icon: DisconnectOutlined, permission: "orders.refund" },
    ],
  },
  {
    name: "programme",
    entries: [
      { to: "/points", name: "points", icon: StarOutlined, permission: "loyalty.manage" },
      { to: "/tiers", name: "tiers", icon: CrownOutlined, permission: "loyalty.manage" },
      { to: "/benefits", name: "benefits", icon: HeartOutlined, permission: "loyalty.manage" },
      { to: "/mall-items", name: "mallItems", icon: ShoppingOutlined, permission: "loyalty.manage" },
    ],
  },
  {
    name: "promotion",
    entries: [
      { to: "/coupons", name: "coupons", icon: GiftOutlined, permission: "promotions.manage" },
      { to: "/offers", name: "offers", icon: PercentageOutlined, permission: "promotions.manage" },
      { to: "/simulator", name: "simulator", icon: ExperimentOutlined, permission: "promotions.manage" },
      { to: "/replays", name: "replays", icon: HistoryOutlined, permission: "promotions.manage" },
      { to: "/products", name: "products", icon: TagsOutlined, permission: "products.manage" },
    ],
  },
  {
    name: "money",
    entries: [
      { to: "/top-up-plans", name: "topUpPlans", icon: CreditCardOutlined, permission: "loyalty.manage" },
      { to: "/card-products", name: "cardProducts", icon: IdcardOutlined, permission: "loyalty.manage" },
      { to: "/stored-cards", name: "storedCards", icon: WalletOutlined, permission: "stored-value.top-up" },
      { to: "/withdrawals", name: "withdrawals", icon: RollbackOutlined, permission: "stored-value.withdraw" },
      { to: "/settlements", name: "settlements", icon: SwapOutlined, permission: "finance.read" },
      { to: "/liability", name: "liability", icon: AccountBookOutlined, permission: "finance.read" },
    ],
  },
  {
    name: "organisation",
    entries: [
      { to: "/stores", name: "stores", icon: ShopOutlined, permission: "org.manage" },
      { to: "/staff", name: "staff", icon: TeamOutlined, permission: "staff.manage" },
      { to: "/announcements", name: "announcements", icon: NotificationOutlined, permission: "announcements.manage" },
      { to: "/approval-chains", name: "approvalChains", icon: PartitionOutlined, permission: "approvals.manage" },
      { to: "/roles", name: "roles", icon: SafetyOutlined, permission: "roles.manage" },
    ],
  },
  {
    name: "platform",
    entries: [
      { to: "/objects", name: "objects", icon: AppstoreOutlined, permission: "objects.manage" },
      { to: "/packs", name: "packs", icon: BlockOutlined, permission: "objects.manage" },
      { to: "/identity-rules", name: "identityRules", icon: ScanOutlined, permission: "members.merge" },
      { to: "/privacy-policies", name: "privacyPolicies", icon: FileProtectOutlined, permission: "org.manage" },
      { to: "/merchant-account", name: "merchantAccount", icon: WechatOutlined, permission: "org.manage" },
      { to: "/api-keys", name: "apiKeys", icon: KeyOutlined, permission: "api-keys.manage" },
      { to: "/imports", name: "imports", icon: ImportOutlined, permission: "imports.manage" },
      { to: "/exports", name: "exports", icon: ExportOutlined, permission: "exports.create" },
      { to: "/webhooks", name: "webhooks", icon: ApiOutlined, permission: "webhooks.manage" },
      { to: "/audit", name: "audit", icon: AuditOutlined, permission: "audit.read" },
    ],
  },
];
