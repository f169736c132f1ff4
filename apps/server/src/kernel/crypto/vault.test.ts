import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { testServer } from "../../../test/server.ts";
import { addKey, fileKeyService, loadRing, parseRing, ringKeyService, saveRing } from "./keyring.ts";
import { VaultStore } from "./vault.ts";

const PHONE = "13912348888";
const place = "member/1/phone";
const database = async () => (await testServer()).installation.database;
const ring = () => addKey({ current: "", keys: {} });

test("what is sealed opens with its context and nowhere else", async () => {
  const vault = await new VaultStore(ringKeyService(ring())).open(randomUUID(), await database());
  const sealed = vault.seal(PHONE, place);
  expect(sealed.includes(PHONE)).toBe(false);
  expect(vault.open(sealed, place)).toBe(PHONE);
  expect(() => vault.open(sealed, "member/2/phone")).toThrow("authenticate");
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  expect(() => vault.open(sealed, place)).toThrow("authenticate");
});

test("the same phone is sealed differently each time and digested alike, but not in another tenant", async () => {
  const store = new VaultStore(ringKeyService(ring()));
  const [one, two] = [await store.open(randomUUID(), await database()), await store.open(randomUUID(), await database())];
  expect(one.seal(PHONE, place).equals(one.seal(PHONE, place))).toBe(false);
  expect(one.digest(PHONE, "phone").equals(one.digest(PHONE, "phone"))).toBe(true);
  expect(one.digest(PHONE, "phone").equals(one.digest(PHONE, "card"))).toBe(false);
  expect(one.digest(PHONE, "phone").equals(two.digest(PHONE, "phone"))).toBe(false);
});

test("servers that make a tenant's first keys at once end up with the same", async () => {
  const [tenantId, keys] = [randomUUID(), ringKeyService(ring())];
  const vaults = await Promise.all(Array.from({ length: 6 }, async () => new VaultStore(keys).open(tenantId, await database())));
  const [first] = vaults;
  for (const vault of vaults) expect(vault.open(first?.seal(PHONE, place) ?? Buffer.alloc(0), place)).toBe(PHONE);
});

test("after a rotation old values open, also for a server that no longer knows the old key", async () => {
  const tenantId = randomUUID();
  const { pool } = await database();
  /** This tenant's rows alone: the run's other tenants hang on another ring. */
  const mine = { pool: { query: (text: string, values?: unknown[]) => pool.query(text.replace("where kek_id", `where tenant_id = '${tenantId}' and kek_id`), values) } as unknown as typeof pool };
  const before = ring();
  const old = await new VaultStore(ringKeyService(before)).open(tenantId, mine);
  const [sealed, digest] = [old.seal(PHONE, place), old.digest(PHONE, "phone")];
  const during = addKey(before);
  expect(during.current).not.toBe(before.current);
  const store = new VaultStore(ringKeyService(during));
  expect((await store.open(tenantId, mine)).open(sealed, place)).toBe(PHONE);
  expect(await store.rewrapAll(mine)).toBe(3);
  expect(await store.rewrapAll(mine)).toBe(0);
  const afterwards = { current: during.current, keys: { [during.current]: during.keys[during.current] ?? "" } };
  const fresh = await new VaultStore(ringKeyService(afterwards)).open(tenantId, mine);
  expect(fresh.open(sealed, place)).toBe(PHONE);
  expect(fresh.digest(PHONE, "phone").equals(digest)).toBe(true);
  await expect(new VaultStore(ringKeyService(before)).open(tenantId, mine)).rejects.toThrow("no key");
});

test("a running server reads the ring's file again when it meets a key it does not know", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shuke-ring-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "keyring.json");
  const running = await fileKeyService(file);
  const first = running.currentKeyId;
  const renewed = ringKeyService(await saveRing(file, addKey(await loadRing(file))));
  const { wrapped } = await renewed.wrap(Buffer.from("data key"));
  expect(Buffer.from(await running.unwrap(renewed.currentKeyId, wrapped)).toString()).toBe("data key");
  expect([first === renewed.currentKeyId, running.currentKeyId === renewed.currentKeyId]).toEqual([false, true]);
  await expect(running.unwrap("k99", wrapped)).rejects.toThrow("no key k99");
});

test("a new data key seals from then on and the older one still opens", async () => {
  const [tenantId, keys, data] = [randomUUID(), ringKeyService(ring()), await database()];
  const store = new VaultStore(keys);
  const old = await store.open(tenantId, data);
  const sealed = old.seal(PHONE, place);
  await store.addDataKey(tenantId, "seal", 9, data.pool);
  store.forget(tenantId);
  const renewed = await store.open(tenantId, data);
  expect(renewed.sealKeyId).toBe(9);
  expect([renewed.open(sealed, place), renewed.open(renewed.seal("新", place), place)]).toEqual([PHONE, "新"]);
});

test("the ring's file is made once, for its owner's eyes only, and a broken one is refused", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shuke-ring-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "deep", "keyring.json");
  const made = await loadRing(file);
  expect(await loadRing(file)).toEqual(made);
  expect((await stat(file)).mode & 0o077).toBe(0);
  await saveRing(file, addKey(made));
  expect(Object.keys(parseRing(await readFile(file, "utf8")).keys)).toHaveLength(2);
  expect(() => parseRing('{"current":"k9","keys":{}}')).toThrow("current must name a key");
  expect(() => parseRing('{"current":"k1","keys":{"k1":"c2hvcnQ="}}')).toThrow("must be 32 bytes");
});

test("a ring made anew over a lost one is refused before anything is written with it", async () => {
  const [data, lost] = [await database(), `lost-${randomUUID()}`];
  const ringOf = (byte: number) => ringKeyService({ current: lost, keys: { [lost]: Buffer.alloc(32, byte).toString("base64") } });
  await new VaultStore(ringOf(1)).open(randomUUID(), data);
  await new VaultStore(ringOf(1)).refuseForeignRing(data);
  await expect(new VaultStore(ringOf(2)).refuseForeignRing(data)).rejects.toThrow("put back the keyring.json");
});
