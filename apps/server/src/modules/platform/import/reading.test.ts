import { strToU8, zipSync, type Zippable } from "fflate";
import { describe, expect, test } from "vitest";
import { checked, done, rowsOf, step, suggested, upload } from "../../../../test/import.ts";
import { freshTenant } from "../../../../test/tenant.ts";
import { readDay, serialToText } from "./date.ts";

const CSV = "姓名,手机号\n王小明,13912340001\n";
/** 姓名,手机号 … in GBK, which Node can read and not write. */
const GBK = Buffer.from("d0d5c3fb2ccad6bbfabac50acdf5d0a1c3f72c31333931323334303030310a", "hex");

const sheetXml = (rows: string): string => `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

function workbook(sheet: string, more: Zippable = {}): Buffer {
  return Buffer.from(zipSync({
    "xl/workbook.xml": strToU8('<workbook xmlns:r="r"><sheets><sheet name="会员" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    "xl/_rels/workbook.xml.rels": strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
    "xl/styles.xml": strToU8('<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'),
    "xl/sharedStrings.xml": strToU8("<sst><si><t>姓名</t></si><si><t>手机号</t></si><si><r><t>王</t></r><r><t>小明</t></r><rPh><t>ワン</t></rPh></si><si><t>生日</t></si></sst>"),
    "xl/worksheets/sheet1.xml": strToU8(sheet), ...more,
  }));
}
const SHEET = sheetXml(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>3</v></c></row>
  <row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>1.3912340001E10</v></c><c r="D2" s="1"><v>32994</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>李娜</t></is></c></row>`);

async function readingOf(bytes: Buffer | string, wish: object = {}) {
  const tenant = await freshTenant();
  return upload(tenant.console, { bytes: Buffer.from(bytes) }, wish);
}

describe("a text file", () => {
  test.each([
    ["UTF-8", Buffer.from(CSV), "utf-8"], ["UTF-8 with a mark", Buffer.from(`\ufeff${CSV}`), "utf-8"], ["UTF-16 with a mark", Buffer.from(`\ufeff${CSV}`, "utf16le"), "utf-16le"],
    ["UTF-16 the other way round", Buffer.from(`\ufeff${CSV}`, "utf16le").swap16(), "utf-16be"], ["GBK", GBK, "gb18030"],
  ])("in %s is read as what it is", async (_name, bytes, encoding) => {
    const { status, body } = await readingOf(bytes);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.reading).toMatchObject({ kind: "csv", encoding, delimiter: ",", columns: [{ header: "姓名", suggestion: { field: "name", because: "header" } }, { header: "手机号", samples: ["139****0001"], suggestion: { field: "phone" } }] });
  });

  test("whose first megabyte is plain digits is still known as GBK", async () => {
    const digits = `name,phone\n${"x,1\n".repeat(300_000)}`;
    expect((await readingOf(Buffer.concat([Buffer.from(digits), GBK]))).body.reading.encoding).toBe("gb18030");
  }, 30_000);

  test("with line breaks and separators inside quotes keeps its rows", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: '姓名;手机号;地址\n"王;小明";13912340001;"上海市\n南京路 ""1"" 号"\n李娜;13912340002;\n' });
    expect(run.reading).toMatchObject({ delimiter: ";" });
    expect(run).toMatchObject({ rows: 2, verdicts: { new: 2 } });
    expect((await rowsOf(tenant, run.id)).map((row: { line: number }) => row.line)).toEqual([2, 3]);
  });

  test("with 300 columns, two of the same name, is imported by those that were chosen", async () => {
    const tenant = await freshTenant();
    const headers = ["姓名", "手机号", "手机号", ...Array.from({ length: 297 }, (_, at) => `列${at}`)];
    const run = await checked(tenant, { bytes: `${headers.join(",")}\n王小明,13912340001,13912340002${",x".repeat(297)}\n` });
    expect(run.reading.columns).toHaveLength(300);
    expect(run.reading.columns.slice(0, 3).map((column: { isRepeated: boolean }) => column.isRepeated)).toEqual([false, false, true]);
    expect(run.verdicts).toMatchObject({ new: 1 });
  });

  test("whose bad rows are named with line and reason loses none of the good ones", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: `姓名,手机号,生日,地址\n好人,13912340001,1990-01-01,\n坏号,1391234,1990-01-01,\n长话,13912340002,,${"长".repeat(1_000_000)}\n坏日,13912340003,2月30日,\n多格,13912340004,,,,多\n,,,\n=HYPERLINK("x"),13800138000,,\n又好,13912340005,,\n` });
    expect(run).toMatchObject({ rows: 7, verdicts: { new: 2, error: 5 } });
    const rows = await rowsOf(tenant, run.id, "&verdict=error");
    expect(rows.map((row: { line: number; reasons: { column: string | null; code: string }[] }) => [row.line, row.reasons[0]?.column, row.reasons[0]?.code])).toEqual([
      [3, "手机号", "invalid"], [4, "地址", "cell-too-long"], [5, "生日", "not-a-date"], [6, null, "too-many-cells"], [8, "手机号", "placeholder"],
    ]);
    const file = await tenant.console.raw("GET", `/imports/${run.id}/error-file`, undefined);
    expect(file.headers["content-type"]).toContain("text/csv");
    const [header, first] = String(file.body).split("\r\n");
    expect(header).toBe("\ufeff姓名,手机号,生日,地址,行号,原因");
    expect(first).toBe("坏号,1391234,1990-01-01,,3,手机号：格式不对 (1391234)");
    expect(String(file.body)).toContain("'=HYPERLINK");
    const english = String((await tenant.console.raw("GET", `/imports/${run.id}/error-file?language=en`, undefined)).body).split("\r\n");
    expect([english[0], english[1]]).toEqual(["\ufeff姓名,手机号,生日,地址,Line,Reason", "坏号,1391234,1990-01-01,,3,手机号: Is not valid (1391234)"]);
  });

  test("whose birthdays have no year keeps them without one and takes none away; a year alone is no birthday", async () => {
    const tenant = await freshTenant();
    const bytes = ["1990-05-01", "05-01", "5月1日", "0501", "13/5", "2-29", "32994", "1990", "1990年5月", "2-30", "--12-31"].map((day, at) => `C${at},客人${at},${day}`).join("\n");
    const run = await checked(tenant, { bytes: `客户编号,姓名,生日\n${bytes}\n` });
    const rows = await rowsOf(tenant, run.id);
    expect(rows.map((row: { changes: { field: string; to: { year?: number; month: number; day: number } }[]; reasons: { column: string; code: string }[] }) => {
      const { to } = row.changes.find((change) => change.field === "birthday") ?? {};
      return to ? `${to.year ?? ""}-${to.month}-${to.day}` : `${row.reasons[0]?.column} ${row.reasons[0]?.code}`;
    })).toEqual(["1990-5-1", "-5-1", "-5-1", "-5-1", "-5-13", "-2-29", "1990-5-1", "生日 incomplete-date", "生日 incomplete-date", "生日 not-a-date", "-12-31"]);
    await step(tenant, run.id, "apply");
    const second = await checked(tenant, { bytes: "客户编号,生日\nC0,5月1日\nC1,1991-05-01\nC2,05-02\n" });
    expect(second.verdicts).toMatchObject({ unchanged: 1, changed: 2 });
  });

  test("whose long numbers were shortened is taken where all digits are there, and else refused; a full-width phone is masked", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: "姓名,手机号,客户编号\n甲,1.3912340001E+10,C1\n乙,1.39E+10,C2\n丙,13912340003,6.22E+18\n丁,１３９１２３４０００４,C4\n" });
    expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: { column: string; code: string }[] }) => [row.verdict, ...row.reasons.map(({ column, code }) => `${column} ${code}`)].join(" "))).toEqual(["new", "error 手机号 lost-digits", "error 客户编号 lost-digits", "new"]);
    expect(run.reading.columns[1].samples).toEqual(["139****0001", "1.39E+10", "139****0003", "139****0004"]);
  });

  test("with a title and a note above its header is read from the header on; a list of one column has none", async () => {
    const tenant = await freshTenant();
    const titled = await checked(tenant, { bytes: "会员名单,,\n\n截至 11 月,,\n姓名,手机号,\n王小明,13912340001,\n李娜,13912340002,\n" });
    expect(titled.reading.columns[0].header).toBe("姓名");
    expect((await rowsOf(tenant, titled.id)).map((row: { line: number; title: string }) => `${row.line} ${row.title}`)).toEqual(["5 王小明", "6 李娜"]);
    const list = await checked(tenant, { bytes: "手机号\n13912340003\n13912340004,备注\n13912340005\n" });
    expect(list).toMatchObject({ rows: 3, verdicts: { new: 2, error: 1 } });
  });

  test("that ends inside a quote is taken as far as it can be read", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: '姓名,手机号\n王小明,13912340001\n"李娜,13912340002\n' });
    expect(run.verdicts).toMatchObject({ new: 1, error: 1 });
    expect((await rowsOf(tenant, run.id, "&verdict=error"))[0]).toMatchObject({ line: 3, reasons: [{ code: "unreadable" }] });
  });

  test.each([["nothing", Buffer.from(" \n\n")], ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452000001000000010008060000005c72a8", "hex")], ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex")], ["a broken archive", Buffer.from("PK\x03\x04 and then nothing", "latin1")]])(
    "that is %s is refused with a reason", async (_name, bytes) => {
      expect((await readingOf(bytes)).body).toMatchObject({ status: 422, code: "platform/import-unreadable", reason: expect.any(String) });
    });
});

describe("a workbook", () => {
  test("with a password says so, and one whose first sheets are hidden or empty is read from the first that has something", async () => {
    expect((await readingOf(Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1_144), Buffer.from("EncryptedPackage", "utf16le")]))).body.reason).toBe("encrypted");
    const { body } = await readingOf(workbook(SHEET, {
      "xl/workbook.xml": strToU8('<workbook xmlns:r="r"><sheets><sheet name="藏" sheetId="1" state="hidden" r:id="rId1"/><sheet name="空" sheetId="2" r:id="rId2"/><sheet name="会员" sheetId="3" r:id="rId1"/></sheets></workbook>'),
      "xl/_rels/workbook.xml.rels": strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>'), "xl/worksheets/sheet2.xml": strToU8(sheetXml("")),
    }));
    expect(body.reading).toMatchObject({ sheet: "会员", sheets: ["空", "会员", "藏"], columns: [{ header: "姓名" }, { header: "手机号" }, {}, { header: "生日" }] });
  });

  test("gives texts, numbers and dates as people see them", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { name: "会员.xlsx", bytes: workbook(SHEET) });
    expect(run.reading).toMatchObject({ kind: "xlsx", sheet: "会员", sheets: ["会员"], columns: [{ header: "姓名" }, { header: "手机号" }, { header: "C" }, { header: "生日", samples: ["1990-05-01"] }] });
    const rows = await rowsOf(tenant, run.id);
    expect(rows).toMatchObject([{ line: 2, title: "王小明", verdict: "new" }, { line: 4, title: "李娜", verdict: "new" }]);
    expect(rows[0].changes).toContainEqual({ field: "birthday", from: null, to: { calendar: "solar", year: 1990, month: 5, day: 1 } });
  });

  test("that would swell to gigabytes is refused before it is unpacked", async () => {
    const bomb = workbook(sheetXml(" ".repeat(64 * 1_048_576)));
    expect(bomb.length).toBeLessThan(1_048_576);
    expect((await readingOf(bomb)).body).toMatchObject({ status: 422, reason: "swells" });
  }, 30_000);

  test("that says it is smaller than it is ends where it lies", async () => {
    const bytes = workbook(SHEET);
    // The length that the archive's directory states of the sheet, made too small.
    const at = bytes.lastIndexOf("xl/worksheets/sheet1.xml") - 46;
    bytes.writeUInt32LE(100, at + 24);
    expect((await readingOf(bytes)).status).toBe(422);
  });

  test("with a document type, as a bomb of entities needs one, is refused", async () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>';
    expect((await readingOf(workbook(SHEET, { "xl/sharedStrings.xml": strToU8(laughs) }))).body).toMatchObject({ status: 422, reason: "not-a-workbook" });
  });
});

describe("uploading", () => {
  test("goes on with the pieces that are missing, and refuses those of another length", async () => {
    const tenant = await freshTenant();
    const bytes = Buffer.concat([Buffer.from("姓名,手机号\n"), Buffer.alloc(1_500_000, "x,\n")]);
    const { body: run } = await tenant.console.post("/imports", { target: "member", fileName: "x.csv", sizeBytes: bytes.length });
    const put = (no: number, part: Buffer) => tenant.console.raw("PUT", `/imports/${run.id}/chunks/${no}`, part, { "content-type": "application/octet-stream" });
    expect((await put(0, bytes.subarray(0, 10))).body).toMatchObject({ status: 422 });
    expect((await put(9, bytes.subarray(0, 10))).body).toMatchObject({ status: 422 });
    expect((await put(1, bytes.subarray(run.chunks.bytes))).status).toBe(204);
    expect((await done(tenant.console.get(`/imports/${run.id}/chunks`))).body).toEqual({ total: 2, bytes: 1_048_576, missing: [0] });
    expect((await tenant.console.post(`/imports/${run.id}:read`)).body.errors).toMatchObject([{ field: "chunks" }]);
    expect((await put(0, bytes.subarray(0, run.chunks.bytes))).status).toBe(204);
    expect((await tenant.console.post(`/imports/${run.id}:read`)).body).toMatchObject({ state: "uploaded" });
    const stored = await tenant.inScope((scope) => scope.tx.rows<{ sealed: Buffer }>("select sealed from platform.file_chunk where tenant_id = $1", [scope.tenantId]));
    expect(stored.some((row) => row.sealed.includes("姓名"))).toBe(false);
  });

  test("a mapping that was kept is taken again for a file with the same headers in other places", async () => {
    const tenant = await freshTenant();
    const { body: first } = await upload(tenant.console, { bytes: Buffer.from("甲,乙\n王小明,13912340001\n") });
    expect(first.reading.columns[1].suggestion).toEqual({ field: "phone", because: "content" });
    await done(tenant.console.put(`/imports/${first.id}/mapping`, { columns: [{ at: 0, field: "name" }, { at: 1, field: "phone" }], identifyBy: ["phone"], saveAs: "老系统" }));
    const { body: second } = await upload(tenant.console, { bytes: Buffer.from("乙,甲\n13912340001,王小明\n") });
    expect(second.mapping).toMatchObject({ columns: [{ at: 1, field: "name" }, { at: 0, field: "phone" }], identifyBy: ["phone"] });
    expect(suggested(second.reading)).toEqual([{ at: 0, field: "phone" }, { at: 1, field: "name" }]);
    const { body } = await tenant.console.get("/import-mappings?target=member");
    expect(body.items).toMatchObject([{ name: "老系统", headers: ["乙", "甲"] }]);
    expect((await tenant.console.delete(`/import-mappings/${body.items[0].id}`)).status).toBe(204);
    const wrong = await tenant.console.put(`/imports/${second.id}/mapping`, { columns: [{ at: 7, field: "name" }, { at: 0, field: "nothing" }], identifyBy: ["name"] });
    expect(wrong.body.errors.map((one: { field: string }) => one.field)).toEqual(["columns.0.at", "columns.1.field", "identifyBy.0"]);
  });
});

describe("days", () => {
  test.each(["2026-11-21", "2026/11/21", "20261121", "2026年11月21日", "21.11.2026", "11/21/2026", "21/11/2026", "46347", "２０２６-11-21"])("%s is the 21st of November 2026", (text) => {
    expect(readDay(text, null)).toMatchObject({ on: "2026-11-21" });
  });

  test("what can be read in two ways is left to be chosen", () => {
    expect(readDay("03/04/2026", null)).toEqual({ code: "ambiguous-date" });
    expect(readDay("03/04/2026", "day-first")).toMatchObject({ on: "2026-04-03" });
    expect(readDay("03/04/2026", "month-first")).toMatchObject({ on: "2026-03-04" });
    expect(readDay("2026-02-30", null)).toEqual({ code: "not-a-date" });
    expect(serialToText(46_347.5)).toBe("2026-11-21T12:00:00");
  });

  test("a column of such days asks for the order, and rows without it are named", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: "姓名,手机号,生日\n王小明,13912340001,03/04/1990\n" });
    expect(run.reading.columns[2].isAmbiguousDate).toBe(true);
    expect((await rowsOf(tenant, run.id))[0].reasons).toMatchObject([{ column: "生日", code: "ambiguous-date", value: "03/04/1990" }]);
    expect((await checked(tenant, { bytes: "姓名,手机号,生日\n王小明,13912340001,03/04/1990\n" }, { dateOrder: "day-first" })).verdicts).toMatchObject({ new: 1 });
  });
});
