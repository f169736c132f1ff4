import { Tag } from "antd";
import type { Member } from "../customers/member.ts";

/** What staff must know at a glance: the queue above all, which nobody else sees to. */
export function MemberRights({ member }: { member: Pick<Member, "rights"> | undefined }) {
  return member?.rights.map((right) => <Tag key={`${right.kind}/${right.name}`} color={right.kind === "priority-queue" ? "gold" : "default"}>{right.name}</Tag>);
}
