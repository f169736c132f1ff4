import { z } from "zod";
import { directRoute, type Route } from "../../kernel/http/route.ts";
import { fen, id, text } from "../../kernel/http/wire.ts";
import type { Database } from "../../kernel/db/database.ts";
import { currentProgram } from "../loyalty/index.ts";
import { listOpenStores } from "../org/index.ts";
import { listPlans } from "../payments/index.ts";

const brandReply = z.object({
  tenantId: id, code: z.string(), name: z.string(),
  theme: z.object({ primary: z.string(), logoText: z.string() }),
  tiers: z.array(z.object({
    id, name: z.string(), rank: z.int(), spendFen: fen, visits: z.int(), growth: z.int(), pointsPercent: z.int(), condition: z.enum(["any", "all"]), benefits: z.array(z.string()), color: z.string(),
  }).meta({ id: "BrandTier" })),
  topUpPlans: z.array(z.object({ id, name: z.string(), principalFen: fen, bonusFen: fen })),
  stores: z.array(z.object({
    id, name: z.string(), city: z.string().nullable(), address: z.string().nullable(), phone: z.string().nullable(), openingHours: z.string().nullable(),
  }).meta({ id: "BrandStore" })),
}).meta({ id: "Brand" });

const DEFAULT_COLOR = "#c8102e";

/** What a guest sees of a brand before joining. */
export const brandRoute = ({ database }: { database: Database }): Route => directRoute({
  method: "GET", path: "/brands/{code}", can: "public", summary: "A brand's face: colours, tiers, top-up plans, stores",
  params: z.object({ code: text(32) }), reply: brandReply, perMinute: 120,
  handle: async (caller, { params }) => {
    const tenant = await database.tenants.byCode(params.code);
    return database.inScope({ ...caller, tenantId: tenant.id }, async (scope) => {
      const [{ tiers }, plans, stores, row] = await Promise.all([
        currentProgram(scope), listPlans(scope, { onOffer: true }), listOpenStores(scope),
        scope.tx.rows<{ theme: { primary?: string; logoText?: string } }>("select theme from org.tenant where id = $1", [tenant.id]),
      ]);
      const theme = row[0]?.theme ?? {};
      return {
        tenantId: tenant.id, code: tenant.code, name: tenant.name,
        theme: { primary: theme.primary ?? DEFAULT_COLOR, logoText: theme.logoText ?? tenant.name },
        tiers: tiers.map((tier) => ({
          id: tier.id, name: tier.name, rank: tier.rank, spendFen: tier.minSpendFen, visits: tier.minVisits, growth: tier.minGrowth, pointsPercent: tier.earnPercent, condition: tier.condition,
          benefits: tier.benefits, color: tier.color,
        })),
        topUpPlans: plans.map(({ id: planId, name, principalFen, bonusFen }) => ({ id: planId, name, principalFen, bonusFen })),
        stores: stores.map(({ code: _code, ...store }) => store),
      };
    });
  },
});
