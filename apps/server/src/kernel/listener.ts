import pg from "pg";
import type { Log } from "./log.ts";

const RECONNECT_MS = 1_000;

interface Channel {
  heard(payload: string): void;
  /** After a gap in which notifications were lost. */
  reconnected(): void;
}

/** The one connection of a process that listens to the database; it comes back by itself and listens to the same channels again. */
export class Listener {
  readonly #url: string;
  readonly #log: Log;
  readonly #channels = new Map<string, Channel>();
  #client: pg.Client | undefined;
  #closed = false;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: "shuke-listener", keepAlive: true });
    client.on("error", (error) => this.#log.warn({ err: error }, "the listening connection was lost"));
    client.on("notification", ({ channel, payload }) => this.#channels.get(channel)?.heard(payload ?? ""));
    await client.connect();
    for (const channel of this.#channels.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    this.#client = client;
    // Only from here on: a connection that never came about ends too, and two attempts would follow each one.
    client.once("end", () => this.#reconnect());
  }

  async stop(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  /** One listener a channel, until the returned handle is closed. */
  async listen(channel: string, heard: (payload: string) => void, reconnected: () => void = () => {}): Promise<{ close(): Promise<void> }> {
    this.#channels.set(channel, { heard, reconnected });
    await this.#client?.query(`listen ${pg.escapeIdentifier(channel)}`);
    return { close: async () => void this.#channels.delete(channel) };
  }

  #reconnect(): void {
    if (this.#closed) return;
    setTimeout(() => this.start().then(
      () => { for (const channel of this.#channels.values()) channel.reconnected(); },
      () => this.#reconnect(),
    ), RECONNECT_MS).unref();
  }
}
