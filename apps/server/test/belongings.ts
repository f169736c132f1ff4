import { expect } from "vitest";
import { publish } from "../src/kernel/events.ts";
import { notify } from "../src/modules/platform/index.ts";
import type { Client } from "./client.ts";
import { checked } from "./import.ts";
import { joinMember } from "./member.ts";
import { cart, orderId, type TillTenant } from "./till.ts";

/** Real ids of a tenant, by the first part of the path that names them. */
export type Belongings = Readonly<Record<string, string>>;

/** Makes one of everything that has an id of its own, through the doors that make them. */
export async function belongingsOf(tenant: TillTenant): Promise<Belongings> {
  const { console: desk } = tenant;
  const webhooks = await made(desk, "/webhooks", { url: "http://127.0.0.1:9/", events: ["*"] });
  await tenant.inScope((scope) => publish(scope, "loyalty.tier-changed", tenant.memberId, {}));
  await tenant.drain();
  const [delivery] = (await desk.get(`/webhooks/${webhooks}/deliveries`)).body.items;
  const coupons = await tenant.coupon();
  const [quotes, orders] = [orderId(), orderId()];
  expect((await tenant.till.put(`/quotes/${quotes}`, cart(tenant))).status).toBe(200);
  const paid = await tenant.till.post(`/quotes/${orders}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }] }, { key: orders });
  expect(paid.status, JSON.stringify(paid.body)).toBe(200);
  const plan = await made(desk, "/top-up-plans", { name: "充500送50", payFen: 50_000, principalFen: 50_000, bonusFen: 5_000 });
  const payments = await made(desk, "/payments", { orderId: quotes, amountFen: 100 }, "payment-for-quote");
  const member = await joinMember(tenant);
  const template = await made(desk, "/coupon-templates", { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 }, isGiftable: true, share: { maxClaims: 5, days: 7 } });
  expect((await desk.post(`/coupon-templates/${template}:publish`)).status).toBe(200);
  const claimed = (await member.post(`/coupon-templates/${template}:claim`, {}, { key: "claim-for-gift" })).body.id;
  const pushes = (await desk.post(`/coupon-templates/${template}:generate-codes`, { name: "传单", count: 1 }, { key: "codes-of-pool" })).body.id;
  const topUp = await member.post("/me/top-ups", { planId: plan }, { key: "member-top-up" });
  expect(topUp.status, JSON.stringify(topUp.body)).toBeLessThan(300);
  const mallItems = await made(desk, "/mall-items", { name: "酸梅汤", kind: "dish", points: 10, state: "live" });
  await desk.post(`/members/${member.memberId}/points:adjust`, { points: 100, reason: "开业礼" }, { key: "points-for-mall" });
  const redemption = await member.post(`/mall-items/${mallItems}:redeem`, {}, { key: "redeem-for-mall" });
  expect(redemption.status, JSON.stringify(redemption.body)).toBe(201);
  const benefits = await made(desk, "/benefits", { name: "视频会员", kind: "partner-code", grantOn: "year", state: "live" });
  const [grant] = (await member.get("/me/benefits")).body.items;
  const cardProduct = await made(desk, "/card-products", { kind: "period", name: "月卡", priceFen: 3_000, units: 30, renews: true });
  const ownCard = (await member.post("/me/cards", { productId: cardProduct }, { key: "member-buys-card" })).body.card.id as string;
  const { refundFen } = (await desk.post(`/members/${tenant.memberId}/stored-value:quote-withdrawal`, { cause: "seven-day" })).body;
  const wish = { cause: "seven-day", expectedFen: refundFen, method: "cash", reason: "不用了" };
  const withdrawals = await made(desk, `/members/${tenant.memberId}/stored-value:withdraw`, wish, "withdraw-of-guest");
  const bills = orderId();
  const bill = await tenant.till.put(`/bills/${bills}`, { ...cart(tenant), shares: [{}, {}] });
  expect(bill.status, JSON.stringify(bill.body)).toBe(200);
  const exception = await offlineException(tenant);
  const object = await desk.post("/objects", { key: "visit", name: "拜访" });
  expect(object.status, JSON.stringify(object.body)).toBe(201);
  const photos = (await desk.post("/objects/visit/fields", { key: "photos", name: "照片", kind: "file" })).body.fields.at(-1).id as string;
  const files = (await desk.raw("POST", `/fields/${photos}/files?name=a.txt`, Buffer.from("照片"), { ...desk.headers, "content-type": "application/octet-stream" })).body.fileId as string;
  const pack = await desk.post("/packs:apply", { file: "pack: club\nversion: 1\nname: 俱乐部\nobjects: [{ key: court, name: 场地 }]\n" });
  const views = (await desk.post("/objects/visit/views", { name: "全部", filter: [] })).body.items[0].id;
  const records = await made(desk, "/objects/visit/records", { fields: { name: "首访" } });
  const seas = await made(desk, "/seas", { object: "visit", name: "公海" });
  const limits = (await desk.get("/points-limits")).body.items as { roleId: string; roleName: string }[];
  await desk.put("/points-limits", { limits: limits.filter((one) => one.roleName === "客服").map(({ roleId }) => ({ roleId, maxPoints: 10 })) });
  const wished = await (await tenant.as("service")).post(`/members/${member.memberId}/points:adjust`, { points: 500, reason: "投诉补偿" }, { key: "points-that-wait" });
  expect(wished.body.state, JSON.stringify(wished.body)).toBe("waiting");
  const todos = await made(desk, "/todos", { title: "给李小花回电话" });
  const away = { from: new Date().toISOString(), until: new Date(Date.now() + 3_600_000).toISOString() };
  const deputies = (await desk.post("/deputies", { deputyId: (await tenant.as("service")).staffId, ...away })).body.items[0].id;
  const [survivor, absorbed] = [await tenant.guest(), await tenant.guest()];
  const merges = await made(desk, `/members/${survivor}:merge`, { otherId: absorbed, reason: "同一人" }, "merge-of-two");
  const duplicates = await tenant.inScope(async (scope) => {
    const [a, b] = [survivor, tenant.memberId].toSorted();
    const [row] = await scope.tx.rows<{ id: string }>(
      "insert into customers.duplicate (tenant_id, id, a_id, b_id, score, reasons, found_at) values ($1, gen_random_uuid(), $2, $3, 90, '[]', $4) returning id", [scope.tenantId, a, b, scope.now]);
    return String(row?.id);
  });
  const exports = await made(desk, "/exports", { kind: "members", format: "csv", inBackground: true });
  const imported = await checked(tenant, { name: "members.csv", bytes: "客户编号,姓名\nB1,范小小\n" }, { saveAs: "旧系统" });
  const [mapping] = (await desk.get("/import-mappings")).body.items;
  const duplicateRun = (await desk.post("/duplicates:find")).body.items[0].id;
  await tenant.inScope((scope) => notify(scope, { staffIds: [tenant.adminId] }, { kind: "system", title: "webhook.broken" }));
  const bulletin = await made(desk, "/announcements", { title: "国庆营业时间", body: "延长到二十三点", roleIds: [tenant.roleIds.cashier] });
  expect((await desk.post(`/announcements/${bulletin}:publish`)).status).toBe(200);
  const [notification] = (await desk.get("/notifications")).body.items;
  return {
    exports, imports: imported.id, "import-mappings": mapping.id, "import-targets": "visit",
    notifications: notification.id, comments: await made(desk, "/comments", { subjectKind: "member", subjectId: tenant.memberId, body: "老客人，电话 13912348899" }), announcements: bulletin, bulletins: bulletin, merges, duplicates, "duplicate-runs": duplicateRun, objects: "visit", fields: object.body.fields[0].id, files, records, seas, views, "pack-runs": pack.body.id,
    bills, tables: bill.body.token, "offline-exceptions": exception, approvals: wished.body.requestId, "approval-chains": "points", todos, deputies,
    "mall-items": mallItems, redemptions: redemption.body.id, "me/redemptions": redemption.body.id, benefits, "me/benefits": grant.id,
    staff: tenant.adminId, roles: tenant.roleIds.cashier, "org-units": tenant.storeId, members: tenant.memberId, tiers: tenant.silverId,
    "api-keys": await made(desk, "/api-keys", { name: "k", scopes: ["orders:read"] }), webhooks, "webhook-deliveries": delivery.id,
    coupons, "coupon-templates": await made(desk, "/coupon-templates", { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 } }),
    "coupon-pushes": pushes, "coupon-rules": await made(desk, "/coupon-rules", { name: "满额送券", trigger: "order-paid", templateId: template }), "me/coupons": claimed, "me/data-copies": (await member.post("/me/data-copies")).body.items[0].id,
    "coupon-gifts": (await member.post(`/me/coupons/${claimed}:give`, {})).body.token, "coupon-shares": (await member.post(`/coupon-templates/${template}:share`)).body.token,
    quotes, orders, payments, "top-up-plans": plan, "card-products": cardProduct, cards: ownCard, "me/cards": ownCard, withdrawals, "me/withdrawals": withdrawals,
    "stored-cards": await made(desk, `/members/${tenant.memberId}/stored-cards`, { cardNo: "BELONGS-1" }), "me/top-ups": topUp.body.topUpId, "me/orders": orders,
    "earn-rules": await made(desk, "/earn-rules", { name: "双倍", multiplierPercent: 200 }),
    offers: await made(desk, "/offers", { name: "九折", kind: "percent-off", percentOff: 10 }),
    replays: await made(desk, "/replays", { days: 1, subject: { kind: "definition", definition: { kind: "percent-off", level: "order", percentOff: 10 } } }),
    simulations: await made(desk, "/simulations", { storeId: tenant.storeId, channel: "till", lines: [{ sku: "S1", name: "毛肚", quantity: 1, unitPriceFen: 5_000 }] }),
    products: await made(desk, "/products", { sku: "S9", name: "毛肚", unitPriceFen: 100 }),
  };
}

/** An order of a till without network whose price nobody can prove. */
async function offlineException(tenant: TillTenant): Promise<string> {
  const line = { lineId: "1", sku: "X", name: "套餐", quantity: 1, unitPriceFen: 5_000, grossFen: 5_000, discountFen: 1_000, netFen: 4_000 };
  const sold = { orderId: orderId(), storeId: tenant.storeId, soldAt: new Date().toISOString(), ruleVersion: 0, quoteHash: "0".repeat(64), totalFen: 4_000, lines: [line], tenders: [{ kind: "cash", amountFen: 4_000 }] };
  const answer = await tenant.console.post("/orders:settle-offline", { orders: [sold] });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const [found] = (await tenant.console.get("/offline-exceptions")).body.items;
  expect(found, JSON.stringify(answer.body)).toBeDefined();
  return String(found.id);
}

async function made(desk: Client, path: string, body: object, key?: string): Promise<string> {
  const answer = await desk.post(path, body, key ? { key } : {});
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return String(answer.body.id);
}
