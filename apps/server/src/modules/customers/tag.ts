import { TAG_CHANGED, type TagChanged } from "../../events/customers.ts";
import { personalKey } from "../../kernel/crypto/personal-key.ts";
import { texts, uuids } from "../../kernel/db/array.ts";
import { publish } from "../../kernel/events.ts";
import { problem } from "../../kernel/problem.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { nameColumns } from "./member.row.ts";
import { lockMembers, memberRowInReach, tagsOf } from "./member.view.ts";

export const tooManyTags = problem("customers/too-many-tags", 409, "A member has at most 50 tags");
const MAX_TAGS = 50;

/** Tags a member; the tags they have now. Tagging twice is no error. */
export async function tagMember(scope: Scope, memberId: string, tag: string): Promise<string[]> {
  const before = await openForTags(scope, memberId);
  if (before.includes(tag)) return before;
  if (before.length >= MAX_TAGS) throw tooManyTags();
  await addTags(scope, [{ memberId, tag }]);
  return closeWithTags(scope, memberId, tag, "added");
}

export async function untagMember(scope: Scope, memberId: string, tag: string): Promise<string[]> {
  const before = await openForTags(scope, memberId);
  if (!before.includes(tag)) return before;
  await scope.tx.rows("delete from customers.member_tag where tenant_id = $1 and member_id = $2 and tag = $3", [scope.tenantId, memberId, tag]);
  return closeWithTags(scope, memberId, tag, "removed");
}

/** Many tags of many members, without their search text, which the caller writes. */
export async function addTags(scope: Scope, tags: readonly { memberId: string; tag: string }[]): Promise<void> {
  if (tags.length === 0) return;
  await scope.tx.rows(
    `insert into customers.member_tag (tenant_id, member_id, tag, at, by_actor)
     select $1, member_id, tag, $2, $3 from unnest($4::uuid[], $5::text[]) as t(member_id, tag)
     on conflict (tenant_id, member_id, tag) do nothing`,
    [scope.tenantId, scope.now, actorRef(scope.actor), uuids(tags, (one) => one.memberId), texts(tags, (one) => one.tag)]);
}

async function openForTags(scope: Scope, memberId: string): Promise<string[]> {
  await memberRowInReach(scope, memberId);
  // Two tags at once would each write search text without the other's.
  await lockMembers(scope, [memberId]);
  return (await tagsOf(scope, [memberId])).get(memberId) ?? [];
}

async function closeWithTags(scope: Scope, memberId: string, tag: string, change: TagChanged["change"]): Promise<string[]> {
  const row = await memberRowInReach(scope, memberId);
  const tags = (await tagsOf(scope, [memberId])).get(memberId) ?? [];
  await scope.tx.rows("update customers.member set grams = $3, updated_at = $4 where tenant_id = $1 and id = $2",
    [scope.tenantId, memberId, nameColumns(row.name, tags).grams, scope.now]);
  audit(scope, { action: change === "added" ? "member.tag" : "member.untag", subjectKind: "member", subjectId: memberId, after: { tag }, key: await personalKey(scope, memberId) });
  const payload: TagChanged = { memberId, tag, change };
  await publish(scope, TAG_CHANGED, memberId, payload);
  return tags;
}
