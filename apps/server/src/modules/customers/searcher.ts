import type { Scope } from "../../kernel/scope.ts";
import { searchCustom } from "../objects/index.ts";
import type { Searcher, SearchHit } from "../platform/index.ts";
import type { MemberProfile } from "./member.schema.ts";
import { nearMembers } from "./search.near.ts";
import { listMembers } from "./search.ts";

/** Members for the search box: by all that finds one in the list, else by what is near. */
export const memberSearcher: Searcher = {
  kind: "member",
  can: "members.read",
  find: async (scope, q, limit) => {
    const { items } = await listMembers(scope, { q, limit, isCounted: false });
    const members = items.length < limit ? [...items, ...await byOwnFields(scope, q, { limit: limit - items.length, known: new Set(items.map((one) => one.id)) })] : items;
    return { isGuess: members.length === 0, hits: (members.length > 0 ? members : await nearMembers(scope, q, limit)).map(hitOf) };
  },
};

/** Some more than there is room for: not all of them may be the caller's to see. */
const CANDIDATES = 50;

async function byOwnFields(scope: Scope, q: string, { limit, known }: { limit: number; known: ReadonlySet<string> }): Promise<MemberProfile[]> {
  const ids = (await searchCustom(scope, "member", q, CANDIDATES)).filter((id) => !known.has(id));
  return ids.length > 0 ? (await listMembers(scope, { limit, isCounted: false }, (bind, id) => `${id} = any(${bind(ids)}::uuid[])`)).items : [];
}

const hitOf = (member: MemberProfile): SearchHit => ({
  id: member.id, title: member.name || member.memberNo,
  subtitle: [member.phoneMasked, member.name ? member.memberNo : null].filter(Boolean).join(" · "), storeId: member.homeStoreId,
  at: null, amountFen: null,
});
