import { z } from "zod";
import { id, instant, pageOf, pageQuery, text } from "../../../kernel/http/wire.ts";

const MAX_BODY = 5_000;
const MAX_AUDIENCE = 100;

const ids = z.array(id).max(MAX_AUDIENCE).default([]).transform((some) => [...new Set(some)]);
export const draftBody = z.object({
  title: text(100), body: text(MAX_BODY), fromAt: instant.nullable().default(null), untilAt: instant.nullable().default(null), roleIds: ids, unitIds: ids,
  isPinned: z.boolean().default(false), needsConfirmation: z.boolean().default(false),
}).refine(({ fromAt, untilAt }) => !fromAt || !untilAt || Date.parse(fromAt) < Date.parse(untilAt), { message: "must be after the beginning", path: ["untilAt"], params: { code: "before-from" } });

const shown = { id, title: z.string(), body: z.string(), untilAt: instant.nullable(), isPinned: z.boolean(), needsConfirmation: z.boolean() };
export const announcementReply = z.object({
  ...shown, fromAt: instant.nullable(), state: z.enum(["draft", "scheduled", "published", "over", "withdrawn"]), roleIds: z.array(id), unitIds: z.array(id), createdAt: instant, by: z.string().nullable(),
  audience: z.int().meta({ description: "How many it is for, as of now" }), read: z.int(), confirmed: z.int(),
}).meta({ id: "Announcement" });
export const announcementPage = pageOf(announcementReply);
export const announcementQuery = pageQuery.extend({ state: z.enum(["draft", "published", "withdrawn"]).optional() });

export const bulletinReply = z.object({ ...shown, fromAt: instant, isCurrent: z.boolean(), readAt: instant.nullable(), confirmedAt: instant.nullable() }).meta({ id: "Bulletin" });
export const bulletinPage = pageOf(bulletinReply);
export const bulletinQuery = pageQuery.extend({ current: z.enum(["true", "false"]).optional() });

export const readingQuery = pageQuery.extend({ state: z.enum(["all", "unread", "read", "confirmed"]).default("all") });
export const readingReply = z.object({ staff: z.object({ id, name: z.string(), account: z.string() }), readAt: instant.nullable(), confirmedAt: instant.nullable() }).meta({ id: "AnnouncementReading" });
export const readingPage = pageOf(readingReply);
