import { describe, expect, it } from "vitest";
import type { Product } from "../product.ts";
import { changeCart, emptyCart, quoteRequest } from "./cart.ts";

const tripe: Product = { id: "1", sku: "HG-001", barcode: null, name: "鲜毛肚", category: "荤菜", unitPriceFen: 6800, isActive: true };
const tea: Product = { ...tripe, id: "2", sku: "DR-001", name: "酸梅汤", unitPriceFen: 1800 };

describe("the cart", () => {
  it("adds the same dish to its line and another below", () => {
    let cart = changeCart(emptyCart(), { kind: "add", product: tripe, quantity: 1 });
    cart = changeCart(cart, { kind: "add", product: tea, quantity: 2 });
    cart = changeCart(cart, { kind: "add", product: tripe, quantity: 2 });
    expect(cart.lines.map((line) => [line.lineId, line.quantity])).toEqual([["1", 3], ["2", 2]]);
    expect(cart.selected).toBe(0);
  });

  it("carries what is given by hand on the selected line and on the order, and takes it back", () => {
    let cart = changeCart(changeCart(emptyCart(), { kind: "add", product: tea, quantity: 1 }), { kind: "add", product: tripe, quantity: 1 });
    cart = changeCart(cart, { kind: "discount", given: { lineFen: 300, orderFen: 100 } });
    expect(quoteRequest(cart, "s")).toMatchObject({ manualDiscountFen: 100, lines: [{ sku: "DR-001" }, { sku: "HG-001", manualDiscountFen: 300 }] });
    const without = quoteRequest(changeCart(cart, { kind: "discount", given: { lineFen: 0, orderFen: 0 } }), "s");
    expect([JSON.stringify(without).includes("manualDiscount"), without.lines.length]).toEqual([false, 2]);
  });

  it("removes a line at quantity zero and keeps a valid selection", () => {
    let cart = changeCart(emptyCart(), { kind: "add", product: tripe, quantity: 1 });
    cart = changeCart(cart, { kind: "add", product: tea, quantity: 1 });
    cart = changeCart(cart, { kind: "quantity", by: -1 });
    expect(cart.lines).toHaveLength(1);
    expect(cart.selected).toBe(0);
  });

  it("drops coupons and points when the member changes", () => {
    let cart = changeCart(emptyCart(), { kind: "coupon", couponId: "c", inQuote: [] });
    cart = changeCart(cart, { kind: "points" });
    cart = changeCart(cart, { kind: "member", member: null });
    expect(quoteRequest(cart, "s")).toEqual({ storeId: "s", channel: "till", lines: [] });
    expect(cart.usesPoints).toBe(false);
  });

  it("takes over the server's choice of coupons once somebody chooses", () => {
    const cart = changeCart(emptyCart(), { kind: "coupon", couponId: "best", inQuote: ["best"] });
    expect(quoteRequest(cart, "s").couponIds).toEqual([]);
    expect(quoteRequest(changeCart(cart, { kind: "coupon", couponId: "other", inQuote: [] }), "s").couponIds).toEqual(["other"]);
  });

  it("makes an order id that the server accepts", () => {
    expect(emptyCart().orderId).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  });
});
