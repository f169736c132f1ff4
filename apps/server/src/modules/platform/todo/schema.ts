import { z } from "zod";
import { id, instant, pageOf, pageQuery, text } from "../../../kernel/http/wire.ts";
import { texts } from "../approval/schema.ts";

export const todoQuery = pageQuery.extend({
  view: z.enum(["open", "done", "given"]).default("open").meta({ description: "Waiting for the caller, done by them, or given to colleagues" }), kind: z.string().max(40).optional(),
});

export const todo = z.object({
  id, kind: z.string().meta({ description: "approval, task, duplicates, …" }), title: texts, note: z.string().nullable(), link: z.string().nullable(), count: z.int().nullable(),
  dueAt: instant.nullable(), createdAt: instant, by: z.string().nullable().meta({ description: "The colleague who asked" }), whose: z.string().nullable().meta({ description: "The colleague whom it was given to" }),
  doneAt: instant.nullable(),
}).meta({ id: "Todo" });
export const todoPage = pageOf(todo);

export const todoCounts = z.object({ total: z.int(), overdue: z.int(), kinds: z.array(z.object({ kind: z.string(), count: z.int() })) }).meta({ id: "TodoCounts" });

export const todoBody = z.object({ title: text(100), note: text(500).optional(), dueAt: instant.optional(), staffId: id.optional() });
