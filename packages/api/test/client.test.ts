import { expect, test } from "vitest";
import { ApiProblem, createClient, fetchTransport, taroTransport, type HttpRequest, type OpenPaths } from "../src/index.ts";

function tillWith(status: number, body: unknown) {
  const sent: HttpRequest[] = [];
  const call = createClient<OpenPaths>({
    base: "https://crm.example.com", headers: () => ({ authorization: "Bearer sk_1" }),
    transport: async (request) => {
      sent.push(request);
      return { status, body };
    },
  });
  return { sent, call };
}

test("fills the path, sends the key and the body, and answers the typed reply", async () => {
  const { sent, call } = tillWith(200, { id: "a b", netFen: 1200 });
  const order = await call("post", "/v1/quotes/{orderId}:commit", { path: { orderId: "a b" }, key: "till-1-000042", body: { tenders: [{ kind: "cash" }] } });
  expect(order.netFen).toBe(1200);
  expect(sent).toEqual([{
    method: "POST", url: "https://crm.example.com/v1/quotes/a%20b:commit", body: "{\"tenders\":[{\"kind\":\"cash\"}]}",
    headers: { accept: "application/json", "content-type": "application/json", "idempotency-key": "till-1-000042", authorization: "Bearer sk_1" },
  }]);
});

test("leaves out what a query does not say", async () => {
  const { sent, call } = tillWith(200, { items: [], nextCursor: null });
  await call("get", "/v1/coupon-templates", { query: { q: "八折", limit: 5 } });
  expect(sent[0]?.url).toBe("https://crm.example.com/v1/coupon-templates?q=%E5%85%AB%E6%8A%98&limit=5");
  expect(sent[0]?.body).toBeUndefined();
});

test("a refusal is thrown with its code, also when a proxy answered with a page", async () => {
  const refused = tillWith(404, { code: "commerce/quote-missing", title: "There is no quote", status: 404 }).call("post", "/v1/quotes/{orderId}:release", { path: { orderId: "x" } });
  await expect(refused).rejects.toMatchObject({ status: 404, code: "commerce/quote-missing" });
  const page = tillWith(502, null).call("post", "/v1/quotes/{orderId}:release", { path: { orderId: "x" } });
  await expect(page).rejects.toBeInstanceOf(ApiProblem);
  await expect(page).rejects.toMatchObject({ code: "http/502" });
});

test("both transports read JSON, and nothing from what is none", async () => {
  const request = { method: "GET", url: "https://crm.example.com/v1", headers: {} };
  const answers = (text: string) => [
    fetchTransport(async () => ({ status: 200, text: async () => text }))(request), taroTransport(async () => ({ statusCode: 200, data: text }))(request),
  ];
  expect(await Promise.all(answers("{\"a\":1}"))).toEqual([{ status: 200, body: { a: 1 } }, { status: 200, body: { a: 1 } }]);
  expect(await Promise.all(answers("<html>"))).toEqual([{ status: 200, body: null }, { status: 200, body: null }]);
});
