import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freshTenant, type TestTenant } from "../../test/tenant.ts";
import { addressOf, testServer } from "../../test/server.ts";
import { readArguments } from "./arguments.ts";
import { importFile, type ImportResult } from "./importer.ts";

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
const ONLINE_RETAIL = join(import.meta.dirname, "../../../../../shared/data/online-retail/online_retail.csv.gz");
const SCOPES = ["orders:write", "orders:read", "members:write", "members:read", "products:write"];

let folder: string;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shuke-import-"));
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  url = await addressOf(await testServer());
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function shop(): Promise<TestTenant & { run(file: string, ...more: string[]): Promise<ImportResult> }> {
  const tenant = await freshTenant();
  await tenant.inScope(({ tx, now }) =>
    tx.db.insertInto("loyalty.program").values({ tenant_id: tenant.tenantId, earn_points: 1, earn_per_fen: 100, updated_at: now }).execute());
  const key = String((await tenant.open(SCOPES)).headers["authorization"]).slice("Bearer ".length);
  const run = (file: string, ...more: string[]) =>
    importFile(readArguments([file, "--url", url, "--key", key, "--store", "SH001", "--zone", "Asia/Shanghai", ...more], folder, folder), { url, key });
  return { ...tenant, run };
}

const write = (name: string, ...rows: string[]): string => {
  const file = join(folder, name);
  const text = `${[HEADER, ...rows].join("\n")}\n`;
  writeFileSync(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return file;
};
const disagreeing = (result: ImportResult) => result.comparisons.filter((one) => !one.agrees);

const STORY = [
  "1001,A,红茶,6,2024-12-01 08:26:00,2.55,17850.0,中国",
  "1001,B,\"绿茶, 大\",2,2024-12-01 08:27:00,3.39,17850.0,中国",
  "1002,A,红茶,1,2024-12-02 10:00:00,2.55,,法国",
  "1003,PADS,垫子,1,2024-12-03 10:00:00,0.001,17850.0,中国",
  "1003,PADS,垫子,7,2024-12-03 10:00:00,0.085,17850.0,中国",
  "1003,GIFT,,1,2024-12-03 10:00:00,0.0,17850.0,中国",
  "C1004,A,红茶,-2,2024-12-04 10:00:00,2.55,17850.0,中国",
  "1005,A,damaged,-9,2024-12-04 11:00:00,0.0,,中国",
  "A1006,X,Adjust bad debt,1,2024-12-04 12:00:00,-11062.06,,中国",
  "1007,A,红茶,3,2024-12-05 10:00:00,2.55,13047.0,中国",
  "1007,B,\"绿茶, 大\",-1,2024-12-05 10:00:00,3.39,13047.0,中国",
  // Comes after another invoice has begun.
  "1002,B,\"绿茶, 大\",4,2024-12-02 10:00:00,3.39,,法国",
  "1008,A,红茶,1.5,2024-12-05 10:00:00,2.55,,中国",
  "1009,A,红茶,1,gestern,2.55,,中国",
  "10/10,A,红茶,1,2024-12-05 10:00:00,2.55,,中国",
];

describe("an import", () => {
  test("takes everything that an order can hold and lists the rest with its reason", async () => {
    const { run, console: staff, open } = await shop();
    const result = await run(write("story.csv", ...STORY));
    expect(disagreeing(result)).toEqual([]);
    expect(result).toMatchObject({ rows: 15, recorded: 6, unchanged: 0, refused: 0, agrees: true, matchesExpected: null });
    expect(readFileSync(join(folder, "story-left-out.csv"), "utf8").trim().split("\n").slice(1)).toEqual([
      "9,1005,A,-9,stock correction without a price", "10,A1006,X,1,accounting adjustment", "14,1008,A,,no whole quantity", "15,1009,A,1,no date",
      "16,10/10,A,1,unusable invoice number",
    ]);
    const api = await open(["orders:read"]);
    expect((await api.get("/orders/1002")).body.lines).toMatchObject([{ sku: "A" }, { sku: "B", name: "绿茶, 大", quantity: 4 }]);
    expect((await api.get("/orders/1001")).body.paidAt).toBe("2024-12-01T00:26:00.000Z");
    expect((await api.get("/orders/1003")).body.lines).toMatchObject([{ netFen: 0, unitPriceFen: 1 }, { netFen: 60 }, { netFen: 0, name: "GIFT" }]);
    expect((await staff.get("/products?q=%E7%BA%A2%E8%8C%B6")).body.items).toMatchObject([{ sku: "A", name: "红茶", unitPriceFen: 255 }]);
  });

  test("changes nothing the second time, compressed or not", async () => {
    const { run } = await shop();
    await run(write("story.csv", ...STORY));
    const again = await run(write("story.csv.gz", ...STORY));
    expect(again).toMatchObject({ recorded: 0, unchanged: 6, refused: 0, agrees: true });
    expect(disagreeing(again)).toEqual([]);
  });

  test("goes on where an earlier one stopped", async () => {
    const { run } = await shop();
    await run(write("part.csv", ...STORY.slice(0, 2)));
    expect(await run(write("story.csv", ...STORY))).toMatchObject({ recorded: 5, unchanged: 1, agrees: true });
  });

  test("says that the books do not agree when an order of the file is another one there", async () => {
    const { run } = await shop();
    await run(write("story.csv", ...STORY));
    const changed = await run(write("story.csv", "1001,A,红茶,7,2024-12-01 08:26:00,2.55,17850.0,中国", ...STORY.slice(1)));
    expect(changed).toMatchObject({ recorded: 0, unchanged: 5, refused: 1, agrees: false });
    expect(disagreeing(changed).map((one) => one.name)).toContain("行 · rows");
  });

  test("reads other headers, and names the ones that are missing", async () => {
    const { run } = await shop();
    const file = join(folder, "other.csv");
    writeFileSync(file, "﻿单号,货号,品名,数量,时间,单价\n1,A,红茶,1,2024-12-01 08:26,10\n");
    const map = "invoice=单号,sku=货号,name=品名,quantity=数量,at=时间,price=单价";
    expect(await run(file, "--map", map)).toMatchObject({ recorded: 1, agrees: true });
    await expect(run(file)).rejects.toThrow("The file has no column for invoice (InvoiceNo)");
    await expect(run(join(folder, "none.csv"))).rejects.toThrow("There is no file");
  });
});

const hasOnlineRetail = existsSync(ONLINE_RETAIL);

test.skipIf(!hasOnlineRetail)(`the first 2,000 rows of Online Retail reconcile${hasOnlineRetail ? "" : ` (skipped: ${ONLINE_RETAIL} is absent)`}`, async () => {
  const { run } = await shop();
  const rows: string[] = [];
  for await (const line of createInterface({ input: createReadStream(ONLINE_RETAIL).pipe(createGunzip()) })) {
    if (rows.length > 2_000) break;
    rows.push(line);
  }
  const file = write("online.csv", ...rows.slice(1));
  const result = await run(file);
  expect(disagreeing(result)).toEqual([]);
  expect(result).toMatchObject({ rows: 2_000, refused: 0, agrees: true });
  expect(result.recorded).toBeGreaterThan(90);
  expect(await run(file)).toMatchObject({ recorded: 0, unchanged: result.recorded, agrees: true });
});
