import { z } from "zod";
import { id, instant, pageOf, pageQuery, reason } from "../../../kernel/http/wire.ts";
import { MAX_MENTIONS } from "./comment.ts";

const MAX_LENGTH = 2_000;

const subject = { subjectKind: z.string().max(40), subjectId: z.string().min(1).max(64) };
/** Plain text with its line breaks; what has none to see is not a comment. Other control characters show as nothing and are left out. */
const body = z.string().transform((text) => text.replaceAll("\r\n", "\n").replaceAll(/\p{Cc}/gu, (sign) => (sign === "\n" ? sign : "")).trim()).pipe(z.string().min(1).max(MAX_LENGTH))
  .meta({ description: `At most ${MAX_LENGTH} characters of plain text` });
const mentions = z.array(id).max(MAX_MENTIONS).default([]).transform((ids) => [...new Set(ids)]);

export const threadQuery = pageQuery.extend(subject);
export const seenBody = z.object(subject);
export const removeBody = z.object({ reason });
export const addBody = z.object({ ...subject, body, mentions, replyTo: id.optional() });
export const changeBody = z.object({ body, mentions });

const person = z.object({ id, name: z.string() });
export const commentReply = z.object({
  id, body: z.string().nullable().meta({ description: "Phones are masked; null where it was taken back" }), author: person, mentions: z.array(person), createdAt: instant,
  editedAt: instant.nullable(), isDeleted: z.boolean(), removedBy: person.nullable().meta({ description: "Who kept a colleague's from view" }),
  can: z.array(z.enum(["change", "remove", "reveal"])).meta({ description: "change: one's own, which may be taken back too; remove: a colleague's" }),
}).meta({ id: "Comment" });
export const threadItem = commentReply.extend({ answers: z.array(commentReply) }).meta({ id: "ThreadComment" });
export const threadPage = pageOf(threadItem);

export const versionList = z.object({ items: z.array(z.object({ body: z.string(), writtenAt: instant }).meta({ id: "CommentVersion" })) });
export const revealBody = z.object({ reason });
export const revealReply = z.object({ body: z.string() });
export const colleagueQuery = z.object({ ...subject, q: z.string().trim().max(40).default("") });
export const colleagueList = z.object({ items: z.array(person) });
