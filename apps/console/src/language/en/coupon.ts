/** Coupons in bulk, by rule, and what became of them. */
export const coupon = {
  couponPush: {
    members: "Pushes", codes: "Code pools", open: "Bulk / codes", title: "Issue “{{name}}” in bulk",
    none: { members: "No pushes yet", codes: "No code pools yet" },
    noneText: { members: "Press “Bulk / codes” on a template to issue to an audience or a list.", codes: "Press “Bulk / codes” on a template to make or import codes that work once." },
    name: "Name", progress: "Progress", issued: "Issued", refused: "{{number}} left out (at their limit or gone)", at: "Started",
    looked: "{{looked}} of {{total}} looked at", revoked: "{{number}} taken back",
    state: { running: "Running", done: "Done", cancelled: "Stopped", failed: "Incomplete", revoking: "Taking back", revoked: "Taken back" },
    reason: { "out-of-stock": "The coupons are used up", "template-ended": "The template has ended" },
    revoke: "Take back", revokeTitle: "Take back the coupons of “{{name}}”?", revokeText: "Unused coupons become void; used ones and those that an order holds stay.",
    export: "Export codes", csvHeader: "Code,State,Used at",
    codeState: { issued: "unused", held: "held by an order", given: "on its way to a friend", redeemed: "used", expired: "expired", void: "void" },
    to: "To whom", tos: { audience: "Audience", list: "List", generate: "Make codes", import: "Import codes" },
    count: "How many", lines: { list: "Phones or member numbers", import: "Codes" }, linesHelp: "One a line or separated by commas, at most {{max}}.", tooMany: "Too many: do it in parts",
    leftOut: "Started; {{number}} lines were left out: {{lines}}", started: "Started; its progress is on this page", start: "Start",
    size: "Goes to {{number}} members", counting: "Counting members…", tags: "Tags", homeStore: "Home store",
    lastOrderFrom: "Last order from", lastOrderUntil: "Last order until", joinedFrom: "Joined from", joinedUntil: "Joined until",
    hasOrdered: "Has ordered", ordered: "Yes", neverOrdered: "Never",
  },
  couponFind: { label: "Coupon code", find: "Find", holder: "Held by", open: "Open the member", nobody: "Nobody yet", issued: "Issued", used: "Used", none: "There is no coupon {{code}}" },
  couponRule: {
    title: "Automatic", new: "New automatic issue", none: "Nothing is issued automatically", noneText: "For instance: a coupon for the next visit with orders of ¥100; one for joining.",
    name: "Name", does: "What it does", when: "When", trigger: { "order-paid": "An order is paid", "member-joined": "A member joins" }, template: "Coupon", count: "How many", minimum: "Paid at least",
    sentence: { "order-paid": "Orders of {{amount}} bring {{count}} × “{{name}}”; a refund takes unused ones back", "member-joined": "Joining brings {{count}} × “{{name}}”" },
    state: { live: "Live", paused: "Paused", ended: "Ended" },
  },
  couponStatistics: {
    open: "Statistics, versions", title: "Statistics and versions of “{{name}}”", issued: "Issued", cost: "Given away", sales: "Orders brought", ratio: "Orders / given", sources: "By source", source: "Source", latest: "What became of them and by source: of the latest {{number}} issued.", rate: "Redeemed",
  },
  couponSource: { issued: "By staff", claimed: "Claimed", push: "Push", code: "Code", order: "Order reward", joined: "Joining", share: "A friend's link" },
};
