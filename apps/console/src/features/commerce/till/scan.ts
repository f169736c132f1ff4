/** What one line in the till's only input may mean. */
export type Scan =
  | { kind: "empty" }
  | { kind: "quantity"; quantity: number }
  | { kind: "query"; text: string; quantity: number; guesses: Guess[] };

/** Tried in this order until one is found. */
export type Guess = "member-code" | "phone" | "member-no" | "coupon" | "product" | "name";

const quantityMax = 999;
const phone = /^1[3-9]\d{9}$/;
const barcodeLengths = new Set([8, 12, 13, 14]);
/** As a payment code: 18 digits in the barcode, 45 in the QR code. */
const memberCode = /^9(?:\d{17}|\d{44})$/;
const memberNo = /^[2-9]\d{9}$/;

/**
 * Reads a line from a scanner or the keyboard: "13800001234", "6901234567892", "3*HG-001", "*5", "毛肚".
 * Scanners in a Chinese input method send full-width characters; they mean the same.
 */
export function readScan(raw: string): Scan {
  const line = raw.normalize("NFKC").trim().replace(/^＊/, "*").replace(/×/g, "*");
  if (line === "") return { kind: "empty" };
  const alone = /^\*(\d{1,3})$/.exec(line);
  if (alone) return { kind: "quantity", quantity: Number(alone[1]) };
  const times = /^(\d{1,3})\*(.+)$/.exec(line);
  const quantity = times ? Math.min(Math.max(Number(times[1]), 1), quantityMax) : 1;
  const text = (times?.[2] ?? line).trim();
  return { kind: "query", text, quantity, guesses: times ? ["product", "name"] : guessesOf(text) };
}

function guessesOf(text: string): Guess[] {
  if (memberCode.test(text)) return ["member-code"];
  if (phone.test(text)) return ["phone", "member-no", "product"];
  if (isBarcode(text)) return ["product", "member-code", "member-no"];
  if (memberNo.test(text)) return ["member-no", "product", "member-code"];
  if (/^\d+$/.test(text)) return ["product", "member-code", "coupon"];
  if (/^[\w.-]+$/.test(text)) return ["product", "coupon", "member-code", "name"];
  return ["name"];
}

/** EAN-8, UPC-A, EAN-13 and ITF-14 share one check digit rule: weights 3 and 1 from the right. */
export function isBarcode(text: string): boolean {
  if (!/^\d+$/.test(text) || !barcodeLengths.has(text.length)) return false;
  const digits = [...text].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
