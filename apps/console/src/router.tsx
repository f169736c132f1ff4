import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { problemOf } from "./api/problem.ts";
import { FailureState, LoadingState } from "./design/state.tsx";
import type { Permission } from "./features/org/permission.ts";
import { queryClient } from "./query-client.ts";
import { MissingPage } from "./shell/missing-page.tsx";
import { sessionQuery } from "./shell/session.ts";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** Without this permission the shell shows the forbidden state instead of the page. */
    permission?: Permission;
    /** The till takes the whole screen. */
    isBare?: boolean;
  }
  interface Register {
    router: typeof router;
  }
}

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("./features/org/sign-in-page.tsx"), "SignInPage"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("./shell/shell.tsx"), "Shell"),
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (problemOf(error).status === 401) throw redirect({ to: "/sign-in", search: { next: location.href } as never });
      throw error;
    }
  },
  errorComponent: ({ error, reset }) => <main className="alone"><FailureState error={error} onRetry={reset} /></main>,
});

type Load = () => Promise<Record<string, unknown>>;

/** A page behind the shell: path, what it needs, and where its code is, fetched when first visited. */
function page<Path extends string>(path: Path, permission: Permission | null, load: Load, exportName: string, isBare = false) {
  return createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(load as never, exportName as never),
    staticData: { ...(permission && { permission }), isBare },
    pendingComponent: LoadingState,
  });
}

const pages = [
  page("/", null, () => import("./features/insight/dashboard-page.tsx"), "DashboardPage"),
  page("/till", "till.use", () => import("./features/commerce/till/till-page.tsx"), "TillPage", true),
  page("/members", "members.read", () => import("./features/customers/member-list-page.tsx"), "MemberListPage"),
  page("/duplicates", "members.merge", () => import("./features/customers/duplicate-page.tsx"), "DuplicatePage"),
  page("/members/$memberId", "members.read", () => import("./features/customers/member-page.tsx"), "MemberPage"),
  page("/orders", "orders.read", () => import("./features/commerce/order-list-page.tsx"), "OrderListPage"),
  page("/orders/$orderId", "orders.read", () => import("./features/commerce/order-page.tsx"), "OrderPage"),
  page("/offline-exceptions", "orders.refund", () => import("./features/commerce/offline-exception-page.tsx"), "OfflineExceptionPage"),
  page("/products", "products.manage", () => import("./features/commerce/product-page.tsx"), "ProductPage"),
  page("/points", "loyalty.manage", () => import("./features/loyalty/points-page.tsx"), "PointsPage"),
  page("/todos", null, () => import("./features/platform/todo/todo-page.tsx"), "TodoPage"),
  page("/approvals", null, () => import("./features/platform/approval/approval-page.tsx"), "ApprovalPage"),
  page("/approval-chains", "approvals.manage", () => import("./features/platform/approval/settings-page.tsx"), "ApprovalSettingsPage"),
  page("/tiers/simulation", "loyalty.manage", () => import("./features/loyalty/simulation-page.tsx"), "SimulationPage"),
  page("/tiers", "loyalty.manage", () => import("./features/loyalty/tier-page.tsx"), "TierPage"),
  page("/lifecycle", "loyalty.manage", () => import("./features/loyalty/lifecycle-page.tsx"), "LifecyclePage"),
  page("/benefits", "loyalty.manage", () => import("./features/benefits/benefit-page.tsx"), "BenefitPage"),
  page("/mall-items", "loyalty.manage", () => import("./features/mall/mall-item-page.tsx"), "MallItemPage"),
  page("/redemptions", "members.read", () => import("./features/mall/redemption-page.tsx"), "RedemptionPage"),
  page("/pickup", "till.use", () => import("./features/mall/pickup-page.tsx"), "PickupPage"),
  page("/top-up-plans", "loyalty.manage", () => import("./features/payments/top-up-plan-page.tsx"), "TopUpPlanPage"),
  page("/card-products", "loyalty.manage", () => import("./features/payments/card-product-page.tsx"), "CardProductPage"),
  page("/stored-cards", "stored-value.top-up", () => import("./features/payments/stored-card-page.tsx"), "StoredCardPage"),
  page("/withdrawals", "stored-value.withdraw", () => import("./features/payments/withdrawal-page.tsx"), "WithdrawalPage"),
  page("/settlements", "finance.read", () => import("./features/payments/settlement-page.tsx"), "SettlementPage"),
  page("/liability", "finance.read", () => import("./features/insight/liability-page.tsx"), "LiabilityPage"),
  page("/coupons", "promotions.manage", () => import("./features/promotions/coupon-template-page.tsx"), "CouponTemplatePage"),
  page("/offers", "promotions.manage", () => import("./features/promotions/offer-page.tsx"), "OfferPage"),
  page("/offers/$offerId", "promotions.manage", () => import("./features/promotions/offer-editor-page.tsx"), "OfferEditorPage"),
  page("/simulator", "promotions.manage", () => import("./features/promotions/simulator-page.tsx"), "SimulatorPage"),
  page("/replays", "promotions.manage", () => import("./features/promotions/replay-page.tsx"), "ReplayPage"),
  page("/replays/$replayId", "promotions.manage", () => import("./features/promotions/replay-result-page.tsx"), "ReplayResultPage"),
  page("/stores", "org.manage", () => import("./features/org/org-unit-page.tsx"), "OrgUnitPage"),
  page("/staff", "staff.manage", () => import("./features/org/staff-page.tsx"), "StaffPage"),
  page("/roles", "roles.manage", () => import("./features/org/role-page.tsx"), "RolePage"),
  page("/api-keys", "api-keys.manage", () => import("./features/org/api-key-page.tsx"), "ApiKeyPage"),
  page("/merchant-account", "org.manage", () => import("./features/payments/merchant-account-page.tsx"), "MerchantAccountPage"),
  page("/records", "records.read", () => import("./features/objects/record-list-page.tsx"), "RecordListPage"),
  page("/records/$objectKey", "records.read", () => import("./features/objects/record-list-page.tsx"), "RecordListPage"),
  page("/records/$objectKey/$recordId", "records.read", () => import("./features/objects/record-page.tsx"), "RecordPage"),
  page("/seas", "seas.read", () => import("./features/sales/sea-page.tsx"), "SeaPage"),
  page("/summaries/$objectKey", null, () => import("./features/objects/summary-page.tsx"), "SummaryPage"),
  page("/packs", "objects.manage", () => import("./features/objects/pack-page.tsx"), "PackPage"),
  page("/objects", "objects.manage", () => import("./features/objects/object-list-page.tsx"), "ObjectListPage"),
  page("/objects/$objectKey/layout", "objects.manage", () => import("./features/objects/layout-page.tsx"), "LayoutPage"),
  page("/objects/$objectKey", "objects.manage", () => import("./features/objects/object-page.tsx"), "ObjectPage"),
  page("/imports", "imports.manage", () => import("./features/platform/import/import-list-page.tsx"), "ImportListPage"),
  page("/imports/new", "imports.manage", () => import("./features/platform/import/import-start-page.tsx"), "ImportStartPage"),
  page("/imports/$importId", "imports.manage", () => import("./features/platform/import/import-page.tsx"), "ImportPage"),
  page("/exports", "exports.create", () => import("./features/platform/export-page.tsx"), "ExportPage"),
  page("/webhooks", "webhooks.manage", () => import("./features/platform/webhook-page.tsx"), "WebhookPage"),
  page("/webhooks/$webhookId", "webhooks.manage", () => import("./features/platform/delivery-page.tsx"), "DeliveryPage"),
  page("/audit", "audit.read", () => import("./features/platform/audit-page.tsx"), "AuditPage"),
  page("/notifications", null, () => import("./features/platform/notification-page.tsx"), "NotificationPage"),
  page("/bulletins", null, () => import("./features/platform/bulletin-page.tsx"), "BulletinPage"),
  page("/announcements", "announcements.manage", () => import("./features/platform/announcement-page.tsx"), "AnnouncementPage"),
  page("/identity-rules", "members.merge", () => import("./features/customers/identity-rules-page.tsx"), "IdentityRulesPage"),
  page("/privacy-policies", "org.manage", () => import("./features/customers/policy-page.tsx"), "PolicyPage"),
  page("/account", null, () => import("./features/org/account-page.tsx"), "AccountPage"),
];

/** Search values stay the plain strings that the address shows: a phone number must not become a number. */
const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text));
const stringifySearch = (search: Record<string, unknown>) => {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  return given.length ? "?" + new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString() : "";
};

export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren(pages)]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
});
