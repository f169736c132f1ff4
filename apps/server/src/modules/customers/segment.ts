import type { z } from "zod";
import { TRACKED, type Tracked } from "../../events/customers.ts";
import { Problem, type FieldError } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { identify, type Identification } from "./identify.ts";
import type { IdentityKind } from "./identity.ts";
import { identifyMessage, trackMessage, type IdentifyMessage, type TrackMessage } from "./segment.schema.ts";

export interface MessageOutcome {
  messageId: string;
  outcome: "taken" | "repeated" | "refused";
  /** found, created, step-up, unknown */
  decision?: string;
  memberId?: string | null;
  errors?: FieldError[];
}

/** Takes what Segment's kits send: each message once by its id, each with its own outcome. */
export async function takeMessages(scope: Scope, messages: readonly Record<string, unknown>[]): Promise<MessageOutcome[]> {
  const outcomes: MessageOutcome[] = [];
  for (const message of messages) outcomes.push(await takeOne(scope, message));
  return outcomes;
}

async function takeOne(scope: Scope, raw: Record<string, unknown>): Promise<MessageOutcome> {
  const messageId = typeof raw["messageId"] === "string" ? raw["messageId"].slice(0, 128) : "";
  if (raw["type"] === "track") {
    const read = trackMessage.safeParse(raw);
    return read.success ? takeTrack(scope, read.data) : refused(messageId, read.error);
  }
  // Segment's kits send page, screen and group in the same batch.
  if (raw["type"] !== "identify") return { messageId, outcome: "refused", errors: [{ field: "type", code: "invalid_value", message: "identify or track" }] };
  const read = identifyMessage.safeParse(raw);
  return read.success ? takeIdentify(scope, read.data) : refused(messageId, read.error);
}

const refused = (messageId: string, { issues }: z.ZodError): MessageOutcome =>
  ({ messageId, outcome: "refused", errors: issues.map((issue) => ({ field: issue.path.join("."), code: issue.code, message: issue.message })) });

export async function takeIdentify(scope: Scope, message: IdentifyMessage): Promise<MessageOutcome> {
  const { name, gender, birthday } = message.traits ?? {};
  return once(scope, "identify", message.messageId, () => identify(scope, { ...whoOf(message), traits: { name, gender, birthday }, joins: true, via: "api" }));
}

/** An event of somebody whom nobody knows is not kept: a page that was looked at makes nobody a member. */
export async function takeTrack(scope: Scope, message: TrackMessage): Promise<MessageOutcome> {
  return once(scope, "track", message.messageId, async () => {
    const who = await identify(scope, { ...whoOf(message), joins: false, via: "api" });
    if (who.memberId) {
      const told: Tracked = { memberId: who.memberId, event: message.event, properties: message.properties ?? {} };
      await scope.outbox.publishAll(scope, [{ type: TRACKED, subjectId: who.memberId, payload: told, ...(message.timestamp ? { at: past(scope, message.timestamp) } : {}) }]);
    }
    return who;
  });
}

/** A phone whose clock is ahead tells of the future. */
const past = (scope: Scope, timestamp: string): Date => new Date(Math.min(scope.now.getTime(), Date.parse(timestamp)));

async function once(scope: Scope, type: "identify" | "track", messageId: string, take: () => Promise<{ memberId: string | null; decision: string }>): Promise<MessageOutcome> {
  const [first] = await scope.tx.rows<{ claimed: boolean }>(
    `insert into customers.message (tenant_id, message_id, type, decision, at) values ($1, $2, $3, '', $4)
     on conflict (tenant_id, message_id) do nothing returning true as claimed`, [scope.tenantId, messageId, type, scope.now]);
  if (!first) return repeated(scope, messageId);
  try {
    const { memberId, decision } = await take();
    await scope.tx.rows("update customers.message set member_id = $3, decision = $4 where tenant_id = $1 and message_id = $2", [scope.tenantId, messageId, memberId, decision]);
    return { messageId, outcome: "taken", decision, memberId };
  } catch (error) {
    // Problems are thrown before anything is written. The message may come again, mended.
    if (!(error instanceof Problem)) throw error;
    await scope.tx.rows("delete from customers.message where tenant_id = $1 and message_id = $2", [scope.tenantId, messageId]);
    return { messageId, outcome: "refused", errors: error.extra.errors ?? [{ field: "", code: error.code, message: error.message }] };
  }
}

async function repeated(scope: Scope, messageId: string): Promise<MessageOutcome> {
  const [row] = await scope.tx.rows<{ member_id: string | null; decision: string }>(
    "select member_id, decision from customers.message where tenant_id = $1 and message_id = $2", [scope.tenantId, messageId]);
  return { messageId, outcome: "repeated", decision: row?.decision ?? "", memberId: row?.member_id ?? null };
}

const EXTERNAL_KINDS: Readonly<Record<string, IdentityKind>> = {
  wechat_unionid: "wechat-unionid", unionid: "wechat-unionid", wechat_openid: "wechat-openid", openid: "wechat-openid", alipay: "alipay", phone: "phone", email: "email",
  card: "card", device: "device",
};

/** Segment's names for ours: `userId` is the caller's own id, `anonymousId` a device. */
function whoOf({ userId, anonymousId, context, ...message }: IdentifyMessage | TrackMessage): Pick<Identification, "identities"> {
  const traits = (message as IdentifyMessage).traits;
  const given: [IdentityKind, string | null | undefined][] = [
    ["external", userId], ["device", anonymousId], ["device", context?.device?.id], ["phone", traits?.phone], ["email", traits?.email],
    ...(context?.externalIds ?? []).map((one): [IdentityKind, string] => [EXTERNAL_KINDS[one.type.toLowerCase()] ?? "external", one.id]),
  ];
  return { identities: given.flatMap(([kind, value]) => (value ? [{ kind, value }] : [])) };
}
