import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { z } from "zod";
import { audiences } from "../src/app.ts";
import type { Audience, Route } from "../src/kernel/http/route.ts";
import type { Answer, Client } from "./client.ts";
import { joinMember } from "./member.ts";
import { sampleOf } from "./sample.ts";
import { testServer } from "./server.ts";
import type { TestTenant } from "./tenant.ts";
import { cart } from "./till.ts";

/** A route with the audience it belongs to. */
export interface Door {
  audience: Audience;
  route: Route;
  name: string;
}

const { installation } = await testServer();
/** Every route of the product. */
export const doors: Door[] = audiences(installation).flatMap((audience) => audience.routes.map((route) => ({ audience, route, name: `${route.method} ${audience.prefix}${route.path}` })));
export const closed = doors.filter(({ route }) => route.can !== "public");
export const guarded = closed.filter(({ route }) => route.can !== "signed-in");
export const withBody = doors.filter(({ route }) => route.body);
export const named = (some: readonly Door[]): [string, Door][] => some.map((door) => [door.name, door]);
/** Paths whose first id is a caller's own choice, or a word of the product: nothing to find, so nothing not to find. */
const OWN_CHOICE = new Set(["PUT /quotes/{orderId}", "PUT /bills/{billId}", "PUT /approval-chains/{kind}", "POST /approval-chains/{kind}:try"]);
export const identified = closed.filter(({ route }) => route.path.includes("{") && !OWN_CHOICE.has(`${route.method} ${route.path}`));
/** A stream answers and goes on: it cannot be asked to its end. */
export const isStream = ({ route }: Door): boolean => route.path.endsWith("/live");

export const ALL_SCOPES = ["members:read", "members:write", "orders:read", "orders:write", "products:write", "points:write", "coupons:write", "members:merge", "records:read", "records:write"];

/** Bodies for schemas with rules that a schema cannot tell. */
export function bodyFor(door: Door, tenant: TestTenant): unknown {
  const { route } = door;
  if (/^\/quotes\/\{orderId\}(:commit)?$/.test(route.path)) return { ...cart(tenant), ...(route.path.endsWith(":commit") ? { lines: undefined, storeId: undefined, channel: undefined, tenders: [{ kind: "cash" }] } : {}) };
  const sample = route.body ? sampleOf(route.body) : undefined;
  if (sample === null || typeof sample !== "object") return sample;
  const made = "storeId" in sample ? { ...sample, storeId: tenant.storeId } : sample;
  switch (`${route.method} ${route.path}`) {
    case "POST /staff": return { ...made, roleIds: [tenant.roleIds.cashier], orgUnitId: tenant.storeId };
    case "POST /members:lookup": return { phone: "13987651357" };
    case "POST /bills/{billId}:return": case "POST /orders/{orderId}:return": return { ...made, whole: true };
    case "POST /coupon-templates/{id}:push": return { name: "国庆", audience: {} };
    case "POST /members/{id}/points:transfer": return { ...made, phone: "13987651357" };
    case "POST /members/{id}/tier:grant": return { ...made, until: "2099-12-31" };
    case "POST /payments": return { orderId: "some-order", amountFen: 100 };
    case "POST /objects/{key}/fields": return { key: "f", kind: "text", name: "字段" };
    case "POST /packs:plan": case "POST /packs:apply": return { file: "pack: club\nversion: 1\nname: 俱乐部\n" };
    case "POST /objects/{key}/records:batch": return { records: [{ fields: {} }] };
    case "POST /exports": return { kind: "members", format: "csv" };
    case "POST /imports": return { target: "member", fileName: "a.csv", sizeBytes: 10 };
    case "POST /webhooks": return { url: "https://shuke.dev/hook", events: ["*"] };
    default: return made;
  }
}

export const pathOf = ({ route }: Door, id: string): string =>
  route.path.replace(/\{(\w+)\}/, encodeURIComponent(id)).replaceAll(/\{(\w+)\}/g, (_all, name: string) => (name === "no" ? "1" : name === "id" || name.endsWith("Id") ? randomUUID() : "some"));
export const nounOf = ({ route }: Door): string => /^\/(.+?)\/\{/.exec(route.path)?.[1] ?? "";

/** What a route asks for in its query besides what it can do without. */
function queryOf({ route }: Door, memberId: string): string {
  const shape = route.query instanceof z.ZodObject ? route.query.shape : {};
  if (shape["by"]) return "?by=name";
  if (shape["subjectKind"]) return `?subjectKind=member&subjectId=${memberId}`;
  return shape["memberId"]?.safeParse(undefined).success === false ? `?memberId=${memberId}` : "";
}

export function ask(door: Door, client: Client, id: string, body: unknown, memberId: string = randomUUID()): Promise<Answer> {
  return client.send(door.route.method, pathOf(door, id) + queryOf(door, memberId), body, { key: `key-${randomUUID()}` });
}

/** Somebody who may do everything at this door. */
export type Everybody = Record<Audience["name"], Client>;
export const everybodyOf = async (tenant: TestTenant): Promise<Everybody> =>
  ({ console: tenant.console, member: await somebodyOf(tenant, "member"), open: await somebodyOf(tenant, "open") });

export async function somebodyOf(tenant: TestTenant, door: Audience["name"]): Promise<Client> {
  if (door === "console") return tenant.console;
  return door === "member" ? joinMember(tenant) : tenant.open(ALL_SCOPES);
}

export function expectProblem(answer: Answer, status?: number): void {
  if (status !== undefined) expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
  if (answer.status < 400) return;
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(answer.body).toMatchObject({ type: expect.stringContaining("https://shuke.dev/problems/"), code: expect.any(String), title: expect.any(String), status: answer.status, requestId: expect.any(String) });
}
