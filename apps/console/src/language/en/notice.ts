/** What staff are told, say to each other and announce. */
export const notice = {
  notice: {
    bell: "Notifications, {{count}} unread", page: "Notifications", lead: "What concerns you, kept for 90 days.", all: "All notifications", readAll: "Mark all as read", markRead: "Mark as read", markUnread: "Mark as unread", unreadMark: "Unread: ", none: "No notifications", noneText: "You will see here who mentions you, what has finished, and what is announced.",
    settings: "Settings", choices: "What to hear of",
    kind: { all: "All", mention: "Mentions", approval: "Approvals", announcement: "Announcements", run: "Background work", system: "System" },
    title: {
      mention: { member: "{{by}} mentioned you in a member's thread", order: "{{by}} mentioned you in an order's thread", record: "{{by}} mentioned you in a record's thread" },
      answer: { member: "{{by}} answered your comment on a member", order: "{{by}} answered your comment on an order", record: "{{by}} answered your comment on a record" },
      announcement: { published: "Announcement: {{title}}" },
      approval: { asked: "Something waits for your approval: $t(approval.kind.{{what}})", approved: "What you asked for was approved and done: $t(approval.kind.{{what}})", rejected: "What you asked for was declined: $t(approval.kind.{{what}})", failed: "What you asked for was approved, could not be done and goes on waiting: $t(approval.kind.{{what}})" },
      task: { given: "{{by}} gave you something to do" },
      import: { applied: "“{{name}}” is imported", undone: "The import of “{{name}}” was taken back", failed: "The import of “{{name}}” failed" },
      export: { done: "The export “{{name}}” is done: {{rows}} rows" },
      push: { done: "The coupon push “{{name}}” is done: {{issued}} issued, {{refused}} not", failed: "The coupon push “{{name}}” ended early: {{issued}} issued, {{refused}} not" },
      replay: { done: "The replay “{{name}}” is done", failed: "The replay “{{name}}” failed" },
      fill: { done: "The field “{{name}}” can be filtered by now", failed: "The field “{{name}}” holds values twice and was not made unique" },
      duplicates: { found: "Looked for duplicates: {{found}} new pairs", merged: "Merged {{found}} pairs of duplicates" },
      seas: { assigned: "Assigned to you: {{count}} in {{pool}}", recycled: "Due and back in the sea: {{count}} of yours in {{pool}}", "due-soon": "Due within {{days}} days: {{count}} of yours in {{pool}}" },
      webhook: { broken: "The webhook to {{host}} kept failing and was stopped" },
    },
  },
  thread: {
    title: "Discussion", write: "Write to colleagues; @ mentions somebody", send: "Send", reply: "Answer", replyTo: "Answer {{name}}", change: "Change the comment", edited: "edited", versions: "What it said", remove: "Take back", removeTitle: "Take this comment back?", removed: "Taken back", removeOthers: "Remove", removeOthersTitle: "Remove the comment of {{name}}?", removeOthersText: "It is kept from view and says that you removed it; the reason goes into the audit log.", removedBy: "Removed by {{name}}", reveal: "Show the number in full",
    none: "Nothing said yet", noneText: "Every colleague who may see this page sees it; guests do not.", nobody: "No colleague who may see this page", noAccess: "{{names}} may not see this page and cannot be mentioned",
  },
  bulletin: {
    page: "Announcements for you", lead: "What was announced to you.", none: "No announcements", banner: "Announcement", more: "{{count}} more", open: "Open", confirm: "I have read this", seen: "Got it", pinned: "Pinned", over: "Over", confirmedAt: "Confirmed {{at}}", readAt: "Read {{at}}",
  },
  announcement: {
    lead: "What you tell your staff: for whom and how long, and who has read and confirmed it.", new: "Write an announcement", edit: "Change the announcement", none: "No announcements yet", noneText: "Once published they stand above every page and ring the bell.",
    title: "Title", body: "Text", state: "State", audience: "For", time: "Time", readCount: "Read", readings: "Who has read “{{title}}”", everybody: "Everybody", roles: "Roles", units: "Units", unitsHint: "With all that is below; with roles as well it is these roles in these units.",
    fromAt: "From", fromHint: "Empty: as soon as it is published.", untilAt: "Until", pinned: "Pinned", needsConfirmation: "Has to be confirmed", publish: "Publish", withdraw: "Withdraw",
    states: { draft: "Draft", scheduled: "Scheduled", published: "Published", over: "Over", withdrawn: "Withdrawn" }, done: { draft: "Saved as a draft", scheduled: "Published; begins at its time", published: "Published", over: "Over", withdrawn: "Withdrawn; publish it again to bring it back" },
    staff: "Staff", readAt: "Read at", confirmedAt: "Confirmed at", reading: { all: "All", unread: "Not read", read: "Read", confirmed: "Confirmed" },
  },
  policy: {
    lead: "What members agree to, one text for each purpose.", version: "Version {{version}}", publish: "Publish a new text", publishedAt: "Published {{at}}", first: "The text that came with the system", new: "{{purpose}} · version {{version}}", again: "All members will be asked again; until they answer nobody is contacted for this purpose.", text: "Chinese", textEn: "English", preview: "What members see",
  },
  identityRules: {
    lead: "What a guest is recognised by, from strong to weak.", limits: "At most so many a member", lease: "Lease of a phone (days)", leaseHint: "A number that was silent for longer and comes with a new device has to be proven.", try: "Try it", tryHint: "Enter what a guest comes with to see who that would be; nothing is changed.", tryDo: "Recognise", kind: "Kind", value: "Value", see: "See the member",
    decision: { found: "A known member.", created: "Known to nobody; would become a member.", unknown: "Nobody can be recognised by this.", "step-up": "Has to be proven." },
    step: { matched: "recognised", linked: "would be added", unlinked: "removed", released: "released", lapsed: "silent for too long", waits: "waits for a proof", nobody: "recognises nobody alone", blocked: "blocked", unreadable: "not in the right form", "belongs-to-another": "somebody else's, yields", "over-limit": "over the limit, yields" },
    blocked: "Blocked values", blockedHint: "What many share recognises nobody: shared phones, a till's tablet, placeholders.", block: "Block", unblock: "Unblock", noneBlocked: "Nothing is blocked", at: "Since",
  },
};
