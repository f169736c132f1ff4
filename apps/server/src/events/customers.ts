/** What happens to members, as other modules and webhooks hear of it. No name and no phone travels in an event. */
export const MEMBER_REGISTERED = "customers.member-registered";
export const MEMBERS_REGISTERED = "customers.members-registered";
export const MEMBERS_REMOVED = "customers.members-removed";
export const MEMBER_UPDATED = "customers.member-updated";
export const TAG_CHANGED = "customers.tag-changed";
export const IDENTITY_CHANGED = "customers.identity-changed";
export const MEMBERS_MERGED = "customers.members-merged";
export const MERGE_UNDONE = "customers.merge-undone";
export const MEMBER_DELETED = "customers.member-deleted";
export const TRACKED = "customers.tracked";

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

/** An import was taken back, and with it the members whom it had made: one event a page, without a subject. */
export interface MembersRemoved {
  members: readonly Pick<MemberRegistered, "memberId" | "storeId" | "joinedAt">[];
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

/** What became of one value that somebody came with. `shown` never is a whole personal value. */
export interface IdentityStep {
  code: "matched" | "linked" | "unlinked" | "released" | "lapsed" | "waits" | "nobody" | "blocked" | "unreadable" | "belongs-to-another" | "over-limit";
  kind: string;
  shown: string;
}

/** Subject: the member. */
export interface IdentityChanged {
  memberId: string;
  change: "linked" | "unlinked" | "released" | "step-up";
  steps: readonly IdentityStep[];
  reason?: string;
}

/** Something that an app or a site tells of a member. Subject: the member. */
export interface Tracked {
  memberId: string;
  event: string;
  properties: Readonly<Record<string, unknown>>;
}

/** Subject: each of the two. */
export interface MembersMerged {
  mergeId: string;
  survivorId: string;
  absorbedId: string;
  reason: string;
}

/** A member had everything deleted: whoever was told of them deletes too. Subject: the member. */
export interface MemberDeleted {
  memberId: string;
}
