import { beforeAll, describe, expect, test } from "vitest";
import { belongingsOf, type Belongings } from "./belongings.ts";
import { ALL_SCOPES, ask, bodyFor, doors, isStream, named, nounOf, somebodyOf } from "./doors.ts";
import { Client } from "./client.ts";
import { closeInstallation } from "../src/installation.ts";
import { createLog } from "../src/kernel/log.ts";
import { serverWithLog } from "./server.ts";
import { tillTenant, type TillTenant } from "./till.ts";

/** The numbers of all members of the tenant, as they could be written. */
let phones: string[];
let tenant: TillTenant;
let things: Belongings;
let asking: Record<"console" | "member" | "open", Client>;

beforeAll(async () => {
  tenant = await tillTenant();
  things = await belongingsOf(tenant);
  const { body } = await tenant.console.post("/members:quick-register", { phone: "13912348899", name: "陆雪琪", storeId: tenant.storeId });
  await tenant.console.patch(`/members/${body.id}`, { phone: "13912348800" });
  await tenant.console.post(`/members/${body.id}:reveal`, { reason: "客人遗失了手机" });
  await tenant.console.post("/comments", { subjectKind: "member", subjectId: body.id, body: "打 139 1234 8899 找她，或 +86-13912348800" });
  await tenant.drain();
  things = { ...things, members: body.id };
  asking = { console: tenant.console, member: await somebodyOf(tenant, "member"), open: await tenant.open(ALL_SCOPES) };
  phones = await revealed(await everyMember());
});

async function everyMember(): Promise<string[]> {
  const { body } = await tenant.console.get("/members?limit=200");
  return (body.items as { id: string; phoneMasked: string | null }[]).filter((one) => one.phoneMasked).map((one) => one.id);
}

async function revealed(ids: readonly string[]): Promise<string[]> {
  const found = ["13912348899"];
  for (const id of ids) found.push((await tenant.console.post(`/members/${id}:reveal`, { reason: "测试" })).body.phone as string);
  return found;
}

/** A phone in full, with or without blanks and dashes. */
const wholePhonesIn = (text: string): string[] => phones.filter((phone) => text.replaceAll(/(?<=\d)[ -](?=\d)/g, "").includes(phone));

const reading = doors.filter((door) => door.route.method === "GET" && !isStream(door));
/** The first exists to say a number, against a reason that is kept; a store's number is on its door. */
const SAYING = /:reveal$|^\/org-units/;

test("there are numbers to look for", () => expect(phones.length).toBeGreaterThan(3));

describe("no answer holds a member's whole phone number", () => {
  test.each(named(reading))("%s", async (_name, door) => {
    const answer = await ask(door, asking[door.audience.name], things[nounOf(door)] ?? things["members"] ?? "", undefined, things["members"]);
    expect(wholePhonesIn(JSON.stringify(answer.body))).toEqual([]);
  });

  test.each(["陆雪琪", "13912348800", "8800", "luxueqi", "139 1234 8800"])("a search for %s", async (q) => {
    for (const path of [`/search?q=${encodeURIComponent(q)}`, `/members?q=${encodeURIComponent(q)}`]) {
      const { status, body } = await tenant.console.get(path);
      expect(status).toBe(200);
      expect(wholePhonesIn(JSON.stringify(body))).toEqual([]);
    }
  });

  test.each(named(doors.filter(({ route }) => route.body && route.method !== "GET" && !SAYING.test(route.path))))("%s, given one, does not say it back", async (_name, door) => {
    const body = withPhone(bodyFor(door, tenant));
    const answer = await ask(door, asking[door.audience.name], things[nounOf(door)] ?? "", body, things["members"]);
    expect(wholePhonesIn(JSON.stringify(answer.body))).toEqual([]);
  });
});

/** Every field that could take a phone gets one. */
const withPhone = (body: unknown): unknown =>
  (body && typeof body === "object" && !Array.isArray(body) ? { ...body, phone: "13912348899", ...("q" in body ? { q: "13912348899" } : {}) } : body);

test("nor does the audit log", async () => {
  const { body } = await tenant.console.get("/audit-entries?limit=200");
  expect(body.items.some((one: { action: string }) => one.action === "member.reveal")).toBe(true);
  expect(wholePhonesIn(JSON.stringify(body))).toEqual([]);
});

test("nor does what the server writes to its log, whatever comes", async () => {
  const lines: string[] = [];
  const { app, installation } = await serverWithLog(createLog("trace", { write: (line) => lines.push(line) }));
  const door = new Client(app, "/api/console", tenant.console.headers);
  for (const phone of ["13912348899", "13912348800"]) {
    await door.get(`/search?q=${phone}`);
    await door.post("/members:lookup", { phone });
    await door.post("/members:quick-register", { phone, name: "x".repeat(100) });
    await door.patch(`/members/${things["members"] ?? ""}`, { phone, homeStoreId: "no-such-store" });
    await door.raw("POST", "/members:lookup", `{"phone":"${phone}"`, { "content-type": "application/json" });
  }
  await app.close();
  await closeInstallation(installation);
  expect(lines.filter((line) => line.includes("request")).length).toBeGreaterThan(5);
  expect(wholePhonesIn(lines.join(""))).toEqual([]);
});
