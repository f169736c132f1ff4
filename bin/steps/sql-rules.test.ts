import { describe, expect, test } from "vitest";
import { sqlBreaches } from "./sql-rules.mjs";

const inLoyalty = "apps/server/src/modules/loyalty/points.ts";

describe("the rules for SQL", () => {
  test("let a module write its own schema, with the tenant", () => {
    expect(sqlBreaches(inLoyalty, "tx.rows(`update loyalty.tier set name = $2 where tenant_id = $1`)")).toEqual([]);
  });

  test("refuse a write into another module's schema, by hand or through the builder", () => {
    expect(sqlBreaches(inLoyalty, "`insert into ledger.lot (tenant_id) values ($1)`")).toEqual([expect.stringContaining('writes the schema of "ledger"')]);
    expect(sqlBreaches(inLoyalty, 'tx.db.deleteFrom("customers.tag").execute()')).toEqual([expect.stringContaining('writes the schema of "customers"')]);
  });

  test("refuse a statement that forgets the tenant, and name its line", () => {
    expect(sqlBreaches(inLoyalty, "\n\nawait rows(`select name from loyalty.tier where id = $1`)")).toEqual([expect.stringMatching(/points\.ts:3: SQL without tenant_id/)]);
  });

  test("let an operator's statement over all tenants say why", () => {
    expect(sqlBreaches(inLoyalty, "`-- across tenants: nightly proof\n select count(*) from loyalty.tier`")).toEqual([]);
  });

  test("leave system tables, comments and tests alone", () => {
    expect(sqlBreaches(inLoyalty, "`select id from org.tenant where code = $1`")).toEqual([]);
    expect(sqlBreaches(inLoyalty, "/** never `select 1 from loyalty.tier` */")).toEqual([]);
    expect(sqlBreaches("apps/server/src/modules/loyalty/points.test.ts", "`delete from ledger.lot`")).toEqual([]);
  });
});
