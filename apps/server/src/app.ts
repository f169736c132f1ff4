import type { Exporter } from "./kernel/exporter.ts";
import type { Audience } from "./kernel/http/route.ts";
import type { Installation } from "./installation.ts";
import * as commerce from "./modules/commerce/index.ts";
import * as customers from "./modules/customers/index.ts";
import * as insight from "./modules/insight/index.ts";
import * as ledger from "./modules/ledger/index.ts";
import * as loyalty from "./modules/loyalty/index.ts";
import * as objects from "./modules/objects/index.ts";
import * as org from "./modules/org/index.ts";
import * as payments from "./modules/payments/index.ts";
import * as platform from "./modules/platform/index.ts";
import * as promotions from "./modules/promotions/index.ts";
import * as sales from "./modules/sales/index.ts";

/** What the console's search box looks in, in the order of its answers. */
const searchers: readonly platform.Searcher[] = [customers.memberSearcher, commerce.orderSearcher, commerce.productSearcher, objects.recordSearcher];

/** Which lists can be taken along as files. */
export const exporters: readonly Exporter[] = [
  loyalty.memberExporter, objects.recordExporter, commerce.orderExporter, promotions.couponExporter, promotions.codeExporter, loyalty.pointsExporter, payments.storedValueExporter, insight.liabilityExporter, insight.settlementExporter, platform.readingExporter, platform.auditExporter(objects.auditVeil),
];

/** What colleagues talk about. */
export const commentSubjects: readonly platform.CommentSubject[] = [customers.memberSubject, commerce.orderSubject, objects.recordSubject];

/** What open consoles hear of. */
const tellers: readonly platform.Teller[] = [insight.figuresTeller, platform.notificationTeller, platform.todoTeller, platform.commentTeller(commentSubjects), sales.seaTeller];

/** Who has something of a member, in the order of locks: coupons, then accounts. Standings before orders, which correct them. */
export const mergeSteps: readonly customers.MergeStep[] = [promotions.mergeStep, ledger.mergeStep, loyalty.mergeStep, payments.mergeStep, commerce.mergeStep, platform.mergeStep];

/** Who knows something of a member and takes part when they want a copy of it or want it gone, in the order of locks. */
export const privacySteps: readonly customers.PrivacyStep[] = [
  customers.privacyStep, objects.privacyStep, promotions.privacyStep, loyalty.privacyStep, payments.privacyStep, commerce.privacyStep, platform.privacyStep,
];

/** Whom a file may refer to by what people write. */
const references: readonly objects.ReferenceFinder[] = [customers.memberReference, commerce.productReference];

/** What files can be imported into. Whoever left a row anywhere stays when the import that made them is taken back. */
export const importTargets: readonly platform.ImportTarget[] = [
  customers.memberTarget(privacySteps.filter((step) => step.module !== "customers").flatMap((step) => step.holds), references), commerce.productTarget(references), objects.recordTarget(references, [sales.claimed]),
];

/** What packs bring beside the objects, in the order in which it is made. */
export const packSections: readonly objects.PackSection[] = [loyalty.tierSection, loyalty.earnRuleSection, promotions.couponSection({ isGiven: loyalty.givesTemplate }), sales.poolSection];

/** Which members, products and orders their lists show a caller, and what of them can be added up. */
const nouns: objects.Nouns = {
  reach: { member: customers.memberReach, product: () => () => "true", order: commerce.orderReach },
  measures: { member: loyalty.memberMeasures, product: commerce.productMeasures, order: commerce.orderMeasures },
};

/** What somebody else may have to agree to before it is done. */
export const approvals = platform.approvalDesk([loyalty.pointsApproval, commerce.refundApproval, payments.withdrawalApproval, objects.packApproval(packSections), platform.importApproval(importTargets)]);

/** Every route of the product, by audience and module. */
export function audiences(installation: Installation): Audience[] {
  const staffed = { ...installation, approvals, packSections, nouns };
  return [
    {
      name: "console", prefix: "/api/console", title: "Shuke console API",
      description: "What the staff console calls. Signed in by the cookie that POST /sign-in sets.",
      authenticate: org.staffAuthentication(installation),
      routes: customers.followingMerges([
        ...org.consoleRoutes({ ...installation, listedObjects: objects.listedObjects }), ...objects.consoleRoutes(staffed), ...platform.consoleRoutes(objects), ...platform.searchRoutes(searchers), ...platform.approvalRoutes(staffed), ...platform.todoRoutes(staffed), ...platform.exportRoutes(installation, exporters), ...platform.importRoutes(staffed, importTargets), platform.liveRoute(installation.hub, tellers), ...platform.commentRoutes(commentSubjects), ...customers.consoleRoutes({ ...installation, mergeSteps, privacySteps }),
        ...loyalty.consoleRoutes(staffed), ...promotions.consoleRoutes(installation), ...promotions.couponRoutes({ standings: loyalty.standingConditions }), ...payments.consoleRoutes({ ...staffed, listPrices: commerce.listPrices }),
        ...commerce.consoleRoutes(staffed), ...insight.consoleRoutes(), ...sales.consoleRoutes(),
      ]),
    },
    {
      name: "member", prefix: "/api/member", title: "Shuke member API",
      description: "What the mini program and the H5 call. Bearer token of a member's session.",
      authenticate: customers.memberAuthentication(installation),
      routes: [
        ...customers.memberRoutes({ ...installation, privacySteps }), ...loyalty.memberRoutes(installation), ...promotions.memberRoutes(installation),
        ...payments.memberRoutes({ ...staffed, listPrices: commerce.listPrices }), ...commerce.memberRoutes(staffed),
      ],
    },
    {
      name: "open", prefix: "/v1", title: "Shuke open API",
      description: "For tills, ERP and partners. Bearer API key; each route names the scope it needs.",
      authenticate: org.keyAuthentication(installation),
      routes: customers.followingMerges([
        ...objects.openRoutes(staffed), ...customers.openRoutes({ ...installation, mergeSteps }), ...loyalty.openRoutes(installation), ...promotions.openRoutes(installation),
        ...commerce.openRoutes(installation),
      ]),
    },
  ];
}
