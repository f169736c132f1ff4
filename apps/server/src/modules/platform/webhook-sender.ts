import { lookup as resolve, type LookupAddress } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPrivateAddress } from "./private-address.ts";

export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Posts to an address that a tenant chose. Answers the status; rejects when none came. */
export interface WebhookSender {
  post(request: WebhookRequest): Promise<number>;
}

const TIMEOUT_MS = 10_000;

export class RefusedAddress extends Error {
  constructor(host: string) {
    super(`${host} is not an address on the internet`);
    this.name = "RefusedAddress";
  }
}

/**
 * The address is checked when the connection is made, by the look-up that the connection uses: a name that changes its
 * address between a check and a use (DNS rebinding) gains nothing. Redirects are not followed, bodies are not read.
 */
export function createWebhookSender({ allowsPrivate }: { allowsPrivate: boolean }): WebhookSender {
  const lookup: LookupFunction = (host, options, done) =>
    resolve(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, "", 0);
      if (!allowsPrivate && addresses.some((one) => isPrivateAddress(one.address))) return done(new RefusedAddress(host), "", 0);
      const [first] = addresses;
      if (options.all) return done(null, addresses);
      return first ? done(null, first.address, first.family) : done(new RefusedAddress(host), "", 0);
    });
  return {
    post: ({ url, headers, body }) => new Promise((settle, fail) => {
      const target = new URL(url);
      const host = target.hostname.replace(/^\[|\]$/g, "");
      if (!allowsPrivate && isIP(host) !== 0 && isPrivateAddress(host)) return fail(new RefusedAddress(host));
      const send = target.protocol === "http:" ? requestHttp : requestHttps;
      const sent = send(target, { method: "POST", headers: { ...headers, "content-length": String(Buffer.byteLength(body)) }, lookup, agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) }, (reply) => {
        settle(reply.statusCode ?? 0);
        reply.destroy();
      });
      sent.once("error", fail);
      sent.end(body);
    }),
  };
}
