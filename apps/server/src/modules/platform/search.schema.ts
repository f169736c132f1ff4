import { z } from "zod";
import { fen, id, instant } from "../../kernel/http/wire.ts";

export const searchQuery = z.object({ q: z.string().trim().min(1).max(64) });

const searchHit = z.object({
  id: z.string(), title: z.string(), subtitle: z.string(), storeId: id.nullable(), at: instant.nullable(), amountFen: fen.nullable(),
}).meta({ id: "SearchHit" });
export type SearchHit = z.output<typeof searchHit>;

const searchGroup = z.object({
  kind: z.string().meta({ description: "member, order, … : what the hits are" }),
  hits: z.array(searchHit), hasMore: z.boolean(),
  isGuess: z.boolean().meta({ description: "Nothing is written like this; these are near it" }),
}).meta({ id: "SearchGroup" });
export type SearchGroup = z.output<typeof searchGroup>;

export const searchReply = z.object({ groups: z.array(searchGroup) });
