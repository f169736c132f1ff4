import { afterEach, expect, test } from "vitest";
import { addressOf, clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { hint } from "../../kernel/live.ts";
import { issueMemberCode } from "./lookup.ts";
import { registerMember } from "./registration.ts";
import { openMemberSession } from "./session.ts";

const opened: AbortController[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.abort();
});

async function member(tenant: TestTenant, phone: string) {
  return tenant.inScope(async (scope) => {
    const { memberId } = await registerMember(scope, { phone, via: "h5" });
    return { memberId, token: await openMemberSession(scope, memberId), code: await issueMemberCode(scope, memberId) };
  });
}

async function listen(tenant: TestTenant, token: string) {
  const stop = new AbortController();
  opened.push(stop);
  const reply = await fetch(`${await addressOf(tenant.server)}/api/member/me/live`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    reply,
    until: async (sign: string) => {
      while (!text.includes(sign)) {
        const part = await reader?.read();
        if (!part || part.done) throw new Error(`The stream ended before ${sign}: ${text}`);
        text += part.value;
      }
      return text;
    },
  };
}

test("an open app hears of what concerns its member, and of nobody else, and soon", async () => {
  const tenant = await freshTenant();
  const [anna, bo] = [await member(tenant, "13912340001"), await member(tenant, "13912340002")];
  const stream = await listen(tenant, anna.token);
  expect(stream.reply.headers.get("content-type")).toContain("text/event-stream");
  await stream.until("event: ready");
  await tenant.inScope(async (scope) => hint(scope, "orders", [bo.memberId]));
  await tenant.console.post("/members:lookup", { code: anna.code.qr });
  const text = await stream.until("event: changed");
  expect(text).toContain('data: {"what":"member-code"}');
  expect(text).not.toContain("orders");
  const took: number[] = [];
  for (const topic of ["one", "two", "three", "four", "five"]) {
    const start = performance.now();
    await tenant.inScope(async (scope) => hint(scope, topic, [anna.memberId]));
    await stream.until(`data: {"what":"${topic}"}`);
    took.push(performance.now() - start);
  }
  // The quickest, because whoever looks every so often is slow each time but the first, and a busy machine now and then.
  expect(Math.min(...took.slice(1))).toBeLessThan(1_000);
});

test("nobody listens without a session, and a fifth stream of a member ends the first", async () => {
  const tenant = await freshTenant();
  const { token } = await member(tenant, "13912340001");
  expect((await listen(tenant, "x.y.z")).reply.status).toBe(401);
  const first = await listen(tenant, token);
  for (let more = 0; more < 4; more++) await (await listen(tenant, token)).until("event: ready");
  await expect(first.until("never")).rejects.toThrow("The stream ended");
});

test("what has served its time is cleared each night, what has not stays", async () => {
  const tenant = await freshTenant();
  const { code } = await member(tenant, "13912340001");
  await tenant.console.post("/members:lookup", { code: code.qr });
  await tenant.memberDoor.post(`/brands/${tenant.code}/phone-codes`, { phone: "13912340001" });
  const left = () => tenant.inScope(async ({ tx: { db } }) => [
    (await db.selectFrom("customers.code_use").select("code_id").execute()).length, (await db.selectFrom("customers.phone_code").select("tries").execute()).length,
    (await db.selectFrom("customers.session").select("id").execute()).length,
  ]);
  await tenant.runSchedule("customers.tidy");
  expect(await left()).toEqual([1, 1, 1]);
  clock.advance(3_600_000);
  await tenant.runSchedule("customers.tidy");
  expect(await left()).toEqual([0, 1, 1]);
  clock.advance(86_400_000);
  await tenant.runSchedule("customers.tidy");
  expect(await left()).toEqual([0, 0, 1]);
  clock.advance(31 * 86_400_000);
  await tenant.runSchedule("customers.tidy");
  expect(await left()).toEqual([0, 0, 0]);
});
