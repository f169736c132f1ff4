/**
 * The may-use graph of the modules, as ARCHITECTURE.md states it. A change here comes with an ADR.
 * A module missing on the right of another one's name cannot be imported by it.
 */
const MAY_USE = {
  org: [],
  platform: ["org"],
  objects: ["org", "platform"],
  messaging: ["org", "platform", "customers"],
  customers: ["org", "platform", "objects"],
  ledger: [],
  promotions: ["org", "objects", "customers"],
  loyalty: ["org", "objects", "customers", "ledger", "promotions", "payments"],
  payments: ["org", "customers", "ledger"],
  commerce: ["org", "platform", "objects", "customers", "ledger", "promotions", "loyalty", "payments"],
  delivery: ["org", "customers", "commerce", "messaging"],
  sales: ["org", "platform", "objects", "customers", "messaging"],
  service: ["org", "platform", "objects", "customers", "messaging"],
  insight: ["org", "objects", "customers"],
  marketing: ["org", "platform", "customers", "promotions", "loyalty", "messaging", "insight"],
};

const SERVER = "^apps/server/src";
const MODULES = `${SERVER}/modules`;
/** What puts the parts together; only these, tests and the programs beside them see everything. */
const ASSEMBLY = `${SERVER}/[^/]+\\.ts$`;
const isTest = "\\.test\\.tsx?$|/test/";

const graph = Object.entries(MAY_USE).map(([name, allowed]) => ({
  name: `${name}-may-use`,
  comment: `${name} may use: ${allowed.join(", ") || "no other module"}`,
  severity: "error",
  from: { path: `${MODULES}/${name}/`, pathNot: isTest },
  to: { path: `${MODULES}/`, pathNot: `${MODULES}/(${[name, ...allowed].join("|")})/` },
}));

const config = {
  forbidden: [
    ...graph,
    {
      name: "known-modules-only",
      comment: "A new module gets its place in the may-use graph above first.",
      severity: "error",
      from: { path: `${MODULES}/`, pathNot: `${MODULES}/(${Object.keys(MAY_USE).join("|")})/` },
      to: {},
    },
    {
      name: "through-the-front-door",
      comment: "Modules see each other's index.ts only.",
      severity: "error",
      from: { path: `${MODULES}/([^/]+)/`, pathNot: isTest },
      to: { path: `${MODULES}/`, pathNot: [`${MODULES}/$1/`, `${MODULES}/[^/]+/index\\.ts$`] },
    },
    {
      name: "kernel-knows-no-business",
      severity: "error",
      from: { path: `${SERVER}/(kernel|postgres)/`, pathNot: isTest },
      to: { path: [`${MODULES}/`, ASSEMBLY] },
    },
    {
      name: "events-are-a-language",
      comment: "The published language says what happened; it calls nothing.",
      severity: "error",
      from: { path: `${SERVER}/events/` },
      to: { path: [`${MODULES}/`, ASSEMBLY] },
    },
    {
      name: "nobody-imports-the-assembly",
      severity: "error",
      from: { path: `${MODULES}/`, pathNot: isTest },
      to: { path: ASSEMBLY },
    },
    {
      name: "offers-are-pure",
      comment: "The same function runs at the till, in the mini program and in replay: no I/O, no other package.",
      severity: "error",
      from: { path: "^packages/offers/src/", pathNot: isTest },
      to: { pathNot: "^packages/offers/" },
    },
    { name: "packages-know-no-app", severity: "error", from: { path: "^packages/", pathNot: isTest }, to: { path: "^apps/" } },
    { name: "console-is-a-client", severity: "error", from: { path: "^apps/console/src/" }, to: { path: "^apps/(?!console/)" } },
    { name: "member-is-a-client", severity: "error", from: { path: "^apps/member/src/" }, to: { path: "^apps/(?!member/)" } },
    { name: "server-serves", severity: "error", from: { path: "^apps/server/src/" }, to: { path: "^apps/(?!server/)" } },
    { name: "source-without-tests", severity: "error", from: { path: "^(apps|packages)/[^/]+/src/", pathNot: isTest }, to: { path: isTest } },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "everything-resolves", severity: "error", from: { pathNot: "^apps/member/" }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/(dist|node_modules|vendor)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"], extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
  },
};

// The tool reads the default export only.
export { config as default };
