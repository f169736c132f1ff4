import { markCells, type Mark } from "./sheet-file.ts";

// The parts of a workbook beside its rows, as ECMA-376 (Office Open XML) names them.

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** What XML 1.0 cannot hold at all, lone halves of a pair among it. */
// oxlint-disable-next-line no-control-regex -- these are the characters that have to go
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
const NEEDS_CARE = /[&<>"\p{Cc}\p{Cs}\p{Cn}]/u;

export const xml = (text: string): string =>
  (NEEDS_CARE.test(text) ? text.toWellFormed().replaceAll(UNWRITABLE, "").replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign) : text);

const isEnglish = (mark: Mark): boolean => mark.language === "en";

/** "山海火锅 · 林掌柜 · 2026-11-22 18:05:09 · 0199…": on every page that somebody prints. */
const markLine = (mark: Mark): string => [mark.brand, mark.by, ...markCells(mark)].join(" · ");

export const SHEET_START = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="16"/><sheetData>`;
/** An ampersand begins a code of the page's foot. */
export const SHEET_END = (mark: Mark): string => `</sheetData><headerFooter><oddFooter>&amp;L${xml(markLine(mark).replaceAll("&", "&&"))}&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`;

/** What an export says of itself. */
export function factsOf(mark: Mark, at: string, rows: number): readonly (readonly string[])[] {
  const id = markCells(mark).join("");
  return isEnglish(mark)
    ? [["Brand", mark.brand], ["List", mark.list], ["Exported by", mark.by], ["Exported at", at], ["Rows", String(rows)], ["Personal data", mark.isWhole ? "In full" : "Masked"], ["Export no.", id], ["Note", "For use inside the brand. Every export is kept in the audit log."]]
    : [["品牌", mark.brand], ["列表", mark.list], ["导出人", mark.by], ["导出时间", at], ["行数", String(rows)], ["个人信息", mark.isWhole ? "完整" : "已脱敏"], ["导出编号", id], ["说明", "仅限品牌内部使用，每次导出都记入审计日志。"]];
}

/** The second sheet. */
export function factSheet(facts: readonly (readonly string[])[]): string {
  const cell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetFormatPr defaultRowHeight="15" defaultColWidth="24"/><sheetData>${facts.map((texts) => `<row>${texts.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`;
}

/** Everything that stands before the rows. */
export function packageParts(mark: Mark, at: string): [name: string, text: string][] {
  const [rows, about] = isEnglish(mark) ? ["Rows", "About this file"] : ["数据", "导出信息"];
  const second = mark.guide?.sheet ?? about;
  const property = (id: number, name: string, value: string) => `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${id}" name="${name}"><vt:lpwstr>${xml(value)}</vt:lpwstr></property>`;
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
  return [
    ["[Content_Types].xml", `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${
      [["/xl/workbook.xml", `${TYPE}.spreadsheetml.sheet.main+xml`], ["/xl/worksheets/sheet1.xml", `${TYPE}.spreadsheetml.worksheet+xml`], ["/xl/worksheets/sheet2.xml", `${TYPE}.spreadsheetml.worksheet+xml`],
        ["/xl/styles.xml", `${TYPE}.spreadsheetml.styles+xml`], ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"], ["/docProps/custom.xml", `${TYPE}.custom-properties+xml`]]
        .map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`).join("")}</Types>`],
    ["_rels/.rels", `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation("rId1", `${OFFICE}/relationships/officeDocument`, "xl/workbook.xml")}${relation("rId2", `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml")}${relation("rId3", `${OFFICE}/relationships/custom-properties`, "docProps/custom.xml")}</Relationships>`],
    ["docProps/core.xml", `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(mark.list)}</dc:title><dc:creator>${xml(mark.by)}</dc:creator><dc:description>${xml(markLine(mark))}</dc:description><dcterms:created xsi:type="dcterms:W3CDTF">${mark.at.toISOString()}</dcterms:created></cp:coreProperties>`],
    ["docProps/custom.xml", `${HEAD}<Properties xmlns="${OFFICE}/custom-properties" xmlns:vt="${OFFICE}/docPropsVTypes">${markCells(mark).map((exportId) => property(2, "ExportId", exportId)).join("")}${property(3, "ExportedBy", mark.by)}${property(4, "ExportedAt", at)}${property(5, "Brand", mark.brand)}</Properties>`],
    ["xl/workbook.xml", `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets><sheet name="${rows}" sheetId="1" r:id="rId1"/><sheet name="${second}" sheetId="2" r:id="rId2"/></sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relation("rId1", `${OFFICE}/relationships/worksheet`, "worksheets/sheet1.xml")}${relation("rId2", `${OFFICE}/relationships/worksheet`, "worksheets/sheet2.xml")}${relation("rId3", `${OFFICE}/relationships/styles`, "styles.xml")}</Relationships>`],
    // Cells: 0 plain, 1 the head, 2 an amount, 3 a text that looks like a formula.
    ["xl/styles.xml", `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`],
  ];
}
