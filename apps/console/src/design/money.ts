/** Money is integer fen everywhere; yuan exist only as text on the screen. No float ever holds an amount. */

/** The largest amount a field takes: 99,999,999.99 yuan, far inside the safe integers. */
const wholeDigitsMax = 8;

const yuanShape = /^([+-])?(\d*)(?:\.(\d{0,2}))?$/;

/** "12.3" → 1230; null when the text is not an amount. Full-width digits, spaces, ¥ and thousands commas are understood. */
export function parseYuan(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/[\s,¥￥元]/g, "").replace(/[。．]/g, ".");
  const match = yuanShape.exec(plain);
  if (!match) return null;
  const [, sign, whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return null;
  if (whole.replace(/^0+/, "").length > wholeDigitsMax) return null;
  const fen = Number(whole || "0") * 100 + Number(fraction.padEnd(2, "0") || "0");
  return sign === "-" && fen !== 0 ? -fen : fen;
}

/** 1230 → "12.30", for input fields. */
export function yuanText(fen: number): string {
  const magnitude = Math.abs(fen);
  const fraction = String(magnitude % 100).padStart(2, "0");
  return `${fen < 0 ? "-" : ""}${Math.trunc(magnitude / 100)}.${fraction}`;
}

/** 123456 → "¥1,234.56", for reading. */
export function formatFen(fen: number): string {
  const [whole = "0", fraction = "00"] = yuanText(Math.abs(fen)).split(".");
  return `${fen < 0 ? "−" : ""}¥${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

/** 1234567 fen → "¥1.23 万" style for tight places, exact figures stay in the tables. */
export function formatFenShort(fen: number, language: string): string {
  const digits = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  return `${fen < 0 ? "−" : ""}¥${digits.format(Math.round(Math.abs(fen) / 100))}`;
}
