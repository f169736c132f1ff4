import pg from "pg";
import { expect, inject, it, vi } from "vitest";
import { Listener } from "./listener.ts";
import { createLog } from "./log.ts";

const PATIENCE_MS = 10_000;

it("hears each channel alone, and again after its connection was cut", async () => {
  const listener = new Listener(inject("databaseUrl"), createLog("silent"));
  const owner = new pg.Client({ connectionString: inject("ownerUrl") });
  await Promise.all([listener.start(), owner.connect()]);
  const notify = (channel: string, payload: string) => owner.query("select pg_notify($1, $2)", [channel, payload]);
  const heard: string[] = [];
  const reconnected = vi.fn<() => void>();
  try {
    await listener.listen("listener_test_a", (payload) => void heard.push(`a ${payload}`));
    const { close } = await listener.listen("listener_test_b", (payload) => void heard.push(`b ${payload}`), reconnected);
    await notify("listener_test_a", "1");
    await notify("listener_test_b", "2");
    await vi.waitFor(() => expect(heard).toEqual(["a 1", "b 2"]), PATIENCE_MS);

    await owner.query("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen \"listener_test_b\"'");
    await vi.waitFor(() => expect(reconnected).toHaveBeenCalledOnce(), PATIENCE_MS);
    await notify("listener_test_b", "3");
    await vi.waitFor(() => expect(heard).toContain("b 3"), PATIENCE_MS);

    await close();
    await notify("listener_test_b", "4");
    await notify("listener_test_a", "5");
    await vi.waitFor(() => expect(heard).toEqual(["a 1", "b 2", "b 3", "a 5"]), PATIENCE_MS);
  } finally {
    await Promise.all([listener.stop(), owner.end()]);
  }
});
