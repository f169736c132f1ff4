import { z } from "zod";
import { text } from "../../kernel/http/wire.ts";

const MAX_GROUPS = 12;
const MAX_ENTRIES = 60;

/** The pages that the console's menu can name; what each of them asks for is the page's to say. */
export const consolePage = z.enum([
  "dashboard", "till", "members", "orders", "todos", "approvals", "duplicates", "records", "seas", "pickup", "redemptions", "offlineExceptions",
  "points", "tiers", "lifecycle", "benefits", "mallItems", "coupons", "offers", "simulator", "replays", "products",
  "topUpPlans", "cardProducts", "storedCards", "withdrawals", "settlements", "liability",
  "stores", "staff", "announcements", "approvalChains", "roles",
  "objects", "packs", "identityRules", "privacyPolicies", "merchantAccount", "apiKeys", "imports", "exports", "webhooks", "audit",
]).meta({ id: "ConsolePage" });

const nameEn = z.string().trim().max(60).optional();
const entry = z.strictObject({
  page: consolePage,
  /** of the records: those of one object */
  object: text(40).optional(),
  /** instead of the page's own name */
  name: text(60).optional(), nameEn,
}).refine(({ page, object }) => object === undefined || page === "records", { path: ["object"], message: "goes with the page records" });

export type MenuEntry = z.output<typeof entry>;

/** Where an entry leads. */
export const placeOf = ({ page, object }: MenuEntry): string => (object === undefined ? page : `${page}/${object}`);

const group = z.strictObject({ name: text(60), nameEn, entries: z.array(entry).min(1).max(MAX_ENTRIES) });
export const menu = z.array(group).min(1).max(MAX_GROUPS)
  .refine((groups) => { const all = groups.flatMap(({ entries }) => entries.map(placeOf)); return new Set(all).size === all.length; }, "names a page twice").meta({ id: "Menu" });
export type Menu = z.output<typeof menu>;
