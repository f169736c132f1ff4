import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import { Problem, problemOf } from "../../../api/problem.ts";
import type { Coupon, Member, MemberRow } from "../../customers/member.ts";
import type { Product } from "../product.ts";
import type { TillMember } from "./cart.ts";
import { looksLikeOfflineCode, readOfflineCode } from "./offline/code.ts";
import { isOfflineNow, isUnreachable, noteOffline } from "./offline/network.ts";
import { findProducts, packOf } from "./offline/pack.ts";
import type { Guess, Scan } from "./scan.ts";

export type Found =
  | { kind: "member"; member: TillMember }
  | { kind: "product"; product: Product }
  | { kind: "products"; products: Product[] }
  | { kind: "coupon"; couponId: string }
  | { kind: "nothing"; problem?: unknown };

/** Without network: products and codes that this till can check by itself. */
async function findOffline(storeId: string, text: string): Promise<Found> {
  const pack = await packOf(storeId);
  if (!pack) return { kind: "nothing", problem: offlineProblem("pack") };
  if (looksLikeOfflineCode(text)) {
    const read = await readOfflineCode(pack, text);
    if ("refusal" in read) return { kind: "nothing", problem: offlineProblem(read.refusal) };
    const { claims } = read.member;
    return { kind: "member", member: { id: claims.m, memberNo: "", name: claims.n, offline: read.member } };
  }
  const [first, ...others] = findProducts(pack, text);
  if (!first) return { kind: "nothing" };
  return others.length === 0 ? { kind: "product", product: first } : { kind: "products", products: [first, ...others] };
}

const offlineProblem = (code: string) => new Problem({ code: `offline/${code}`, title: code, status: 409 });

/** Tries what the line may mean, most likely first. Not found goes on to the next guess; any other refusal is the answer. */
export async function findScanned(scan: Extract<Scan, { kind: "query" }>, storeId = ""): Promise<Found> {
  if (isOfflineNow() && storeId) return findOffline(storeId, scan.text);
  if (looksLikeOfflineCode(scan.text)) return { kind: "nothing", problem: offlineProblem("online") };
  let refusal: unknown;
  for (const guess of scan.guesses) {
    try {
      const found = await findAs(guess, scan.text);
      if (found) return found;
    } catch (error) {
      const { status } = problemOf(error);
      if (isUnreachable(error) && storeId) {
        noteOffline();
        return findOffline(storeId, scan.text);
      }
      if (![404, 409, 410, 422].includes(status)) throw error;
      // An expired member code is refused as such: that says more than "nothing found".
      if (status !== 404 && guess === scan.guesses[0]) refusal = error;
    }
  }
  return refusal ? { kind: "nothing", problem: refusal } : { kind: "nothing" };
}

async function findAs(guess: Guess, text: string): Promise<Found | null> {
  switch (guess) {
    case "member-code":
      return member({ code: text });
    case "phone":
      return member({ phone: text });
    case "member-no":
      return member({ memberNo: text });
    case "coupon":
      return coupon(text);
    case "product":
      return product(text);
    case "name": {
      const { items } = await searchProducts(text);
      return items.length === 1 && items[0] ? { kind: "product", product: items[0] } : items.length > 1 ? { kind: "products", products: items } : null;
    }
  }
}

async function member(by: { code: string } | { phone: string } | { memberNo: string }): Promise<Found> {
  const found = await api.post<Member>("/members:lookup", by);
  return { kind: "member", member: { id: found.id, memberNo: found.memberNo, name: found.name } };
}

async function product(text: string): Promise<Found | null> {
  const byBarcode = /^\d{8,14}$/.test(text) ? (await api.get<Page<Product>>("/products", { barcode: text, limit: 2 })).items : [];
  const items = byBarcode.length ? byBarcode : (await searchProducts(text)).items.filter((one) => one.sku.toUpperCase() === text.toUpperCase());
  return items[0] ? { kind: "product", product: items[0] } : null;
}

async function coupon(code: string): Promise<Found> {
  const found = await api.post<Coupon>("/coupons:lookup", { code });
  return { kind: "coupon", couponId: found.id };
}

const suggestionsMax = 8;

export function searchProducts(q: string, signal?: AbortSignal) {
  return api.get<Page<Product>>("/products", { q, limit: suggestionsMax }, signal);
}

export function searchMembers(q: string, signal?: AbortSignal) {
  return api.get<Page<MemberRow>>("/members", { q, limit: suggestionsMax }, signal);
}
