import { may, scopeOf, type Scope } from "../../kernel/scope.ts";
import type { SearchGroup, SearchHit } from "./search.schema.ts";

/** Finds one kind of thing for the search box; `app.ts` lists them, so that a module joins without this one knowing it. */
export interface Searcher {
  /** "member": tells a client what a hit is and where it leads. */
  kind: string;
  /** Without this permission there is nothing to find; with it, as far as it reaches. */
  can: string;
  find(scope: Scope, q: string, limit: number): Promise<{ hits: SearchHit[]; isGuess?: boolean }>;
}

const HITS_EACH = 6;

/** What all searchers find that the caller may see, in their order; kinds without a hit are left out. */
export async function searchEverywhere(scope: Scope, searchers: readonly Searcher[], q: string): Promise<SearchGroup[]> {
  const groups: SearchGroup[] = [];
  for (const { kind, can, find } of searchers) {
    const { actor } = scope;
    if (actor.kind !== "staff" || !may(actor, can)) continue;
    const { hits, isGuess = false } = await find({ ...scope, actor: { ...actor, dataScope: scopeOf(actor, can) } }, q, HITS_EACH + 1);
    if (hits.length > 0) groups.push({ kind, hits: hits.slice(0, HITS_EACH), hasMore: hits.length > HITS_EACH, isGuess });
  }
  return groups;
}
