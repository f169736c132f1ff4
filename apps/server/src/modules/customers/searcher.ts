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
    const members = items.length > 0 ? items : await nearMembers(scope, q, limit);
    return { isGuess: items.length === 0, hits: members.map(hitOf) };
  },
};

const hitOf = (member: MemberProfile): SearchHit => ({
  id: member.id, title: member.name || member.memberNo,
  subtitle: [member.phoneMasked, member.name ? member.memberNo : null].filter(Boolean).join(" · "), storeId: member.homeStoreId,
  at: null, amountFen: null,
});
