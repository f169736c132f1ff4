/** Who is who: identities, merging and duplicates. */
export const identity = {
  identity: {
    tab: "Identity and merging", title: "Recognised by", none: "Nothing to recognise this member by yet", verified: "Verified", since: "Since {{at}}", link: "Add an identity", unlink: "Remove", unlinkTitle: "Remove this identity?", unlinkText: "It will no longer find this member.",
    kind: "Kind", value: "Value", merges: "Merges", noMerges: "Never merged", mergeOther: "Merge another member", mergeOtherHint: "The other's member number or phone", find: "Find",
    kinds: { "wechat-unionid": "WeChat UnionID", alipay: "Alipay", phone: "Phone", "wechat-openid": "WeChat OpenID", email: "E-mail", card: "Card", device: "Device", external: "External id" },
  },
  merge: {
    title: "Merge members", stays: "Stays", goes: "Goes in", choose: "Which stays", what: "What", after: "Afterwards", confirm: "Merge", done: "Merged; can be undone for 180 days", undo: "Undo the merge", undone: "Undone", undoTitle: "Undo this merge", undoText: "Each gets back what is left of what they brought; what was spent went first in, first out.",
    swap: "Keep the other", into: "{{absorbed}} into {{survivor}}", by: "{{by}} · {{at}}", until: "Can be undone until {{at}}", undoneAt: "Undone {{at}}: {{reason}}", blocked: "Cannot be merged now:", undoBlocked: "Cannot be undone now:", left: "{{name}} keeps", back: "{{name}} gets back", nothing: "There is no balance to divide",
    fields: { name: "Name", gender: "Gender", birthday: "Birthday", phone: "Phone", homeStoreId: "Home store" },
    lines: { points: "Points", "prepaid": "Stored value", tier: "Tier", coupons: "Usable coupons", orders: "Orders", cards: "Count and period cards", records: "Records that refer to them", tags: "Tags", comments: "Comments", refusals: "Refused contact" },
    assets: { principal: "Stored principal", bonus: "Stored bonus", card: "Card balance" },
    blockers: { "not-active": "One of the two is not active", "stored-value-frozen": "Stored value is frozen (loss or dispute)", "deletion-waiting": "One of the two is leaving", undone: "It was undone already", "too-late": "More than 180 days ago", "merged-again": "The member who stayed was merged again: undo the later merge first", closed: "The member has left" },
  },
  duplicates: {
    title: "Duplicates", lead: "Members who may be one person; the higher the score, the likelier. J / K move, M merges, N says not the same, L later.", none: "No duplicates are waiting", noneText: "“Find duplicates” compares all members.", find: "Find duplicates", finding: "Comparing members", merging: "Merging",
    stop: "Stop", all: "Merge many…", allTitle: "Merge all clear duplicates", allText: "All pairs from this score on are merged; the older membership stays. Each merge can be undone by itself.", minScore: "Lowest score", merge: "Merge", different: "Not the same", later: "Later", reopen: "Open again",
    found_one: "{{count}} pair found", found_other: "{{count}} pairs found", merged_one: "{{count}} pair merged", merged_other: "{{count}} pairs merged", state: "State", states: { open: "To decide", later: "Later", different: "Not the same", merged: "Merged" }, keeps: "Keep this one", address: "Address", joined: "Joined", more: "More", score: "Score {{score}}",
    fields: { name: "Name", birthday: "Birthday", phone: "Phone", address: "Address", gender: "Gender", identity: "Conflict of identities" }, agreements: { same: "same", near: "near", partly: "partly", different: "different" },
  },
};
