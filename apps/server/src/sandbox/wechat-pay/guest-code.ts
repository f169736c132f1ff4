import type { FailureCode } from "./refusal.ts";

/** What the guest behind a payment code does. `asks-password` waits until someone presses 支付 on the sandbox's page. */
export type Guest = "pays" | "asks-password" | "too-poor" | "code-expired" | "code-invalid" | "bank-fails" | "pays-unseen";

/** The last two digits decide, so that a person at the till can type a case by hand. */
const ENDINGS: Readonly<Record<Guest, string>> = {
  pays: "00",
  "asks-password": "11",
  "too-poor": "12",
  "code-expired": "13",
  "code-invalid": "14",
  "bank-fails": "15",
  "pays-unseen": "16",
};

/** `pays-unseen` is the worst case at a till: the money moved, and the answer is a system error. */
export const guestFailures: Readonly<Partial<Record<Guest, FailureCode>>> = {
  "too-poor": "NOTENOUGH",
  "code-expired": "AUTH_CODE_EXPIRED",
  "code-invalid": "AUTH_CODE_INVALID",
  "bank-fails": "BANK_ERROR",
};

/** A payment code (付款码) of 18 digits; `wallet` tells guests apart. */
export function guestCode(guest: Guest, wallet = 1): string {
  return `13${String(wallet).padStart(14, "0")}${ENDINGS[guest]}`;
}

export function guestOf(authCode: string): Guest {
  const ending = authCode.slice(-2);
  const found = (Object.keys(ENDINGS) as Guest[]).find((guest) => ENDINGS[guest] === ending);
  return found ?? "pays";
}
