import { z } from "zod";
import { id, instant, pageOf, pageQuery } from "../../../kernel/http/wire.ts";
import { KINDS } from "./notification.ts";

const kind = z.enum(KINDS);

export const notificationQuery = pageQuery.extend({ kind: kind.optional(), unread: z.enum(["true", "false"]).optional() });

export const notificationReply = z.object({
  id, kind,
  title: z.string().meta({ description: "Which sentence: `push.done`. Its words are the client's, in the reader's language" }),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  link: z.string().nullable().meta({ description: "A page of the console" }),
  by: z.string().nullable().meta({ description: "The name of the colleague who caused it" }),
  createdAt: instant, readAt: instant.nullable(),
}).meta({ id: "Notification" });
export const notificationPage = pageOf(notificationReply);

export const unreadReply = z.object({ total: z.int(), kinds: z.array(z.object({ kind, unread: z.int() })) }).meta({ id: "UnreadNotifications" });
export const readAllBody = z.object({ kind: kind.optional(), untilId: id.optional() });

const choice = z.object({ kind, inApp: z.boolean() }).meta({ id: "NotificationChoice" });
export const choiceList = z.object({ items: z.array(choice) });
export const choicesBody = z.object({ items: z.array(choice).min(1).max(KINDS.length) })
  .refine(({ items }) => new Set(items.map((one) => one.kind)).size === items.length, { message: "each kind once", path: ["items"] });
