/** What happens to members, as other modules and webhooks hear of it. No name and no phone travels in an event. */
export const MEMBER_REGISTERED = "customers.member-registered";
export const MEMBERS_REGISTERED = "customers.members-registered";
export const MEMBER_UPDATED = "customers.member-updated";
export const TAG_CHANGED = "customers.tag-changed";

export type JoinedVia = "till" | "h5" | "mini-program" | "api" | "import" | "seed";

/** One guest joined. Subject: the member. */
export interface MemberRegistered {
  memberId: string;
  storeId: string | null;
  via: JoinedVia;
  joinedAt: string;
}

/** Guests taken over in bulk: one event a batch, without a subject. */
export interface MembersRegistered {
  members: readonly MemberRegistered[];
}

/** Subject: the member. `fields` names what changed: "name", "birthday", "phone" and so on. */
export interface MemberUpdated {
  memberId: string;
  fields: readonly string[];
}

/** Subject: the member. */
export interface TagChanged {
  memberId: string;
  tag: string;
  change: "added" | "removed";
}
