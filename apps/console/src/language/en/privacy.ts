export const privacy = {
  privacy: {
    tab: "Privacy", consents: "Consents", never: "Not asked", yes: "Agreed", no: "Refused", said: "{{at}}, version {{version}}", outdated: "version {{version}} is in force, to be asked again",
    purpose: { membership: "Membership", "marketing-sms": "Marketing by SMS", "marketing-wechat": "Marketing by WeChat", profiling: "Personal recommendations" },
    leaving: "Deletion", ask: "Delete for the member", askTitle: "Delete this member's account?", askText: "Out of use at once; can be undone for 7 days, then all personal data is deleted for good. Make sure that the member wants it.",
    undo: "Undo the deletion", waiting: "Asked for {{asked}}; all personal data will be deleted after {{purge}}", done: "All personal data was deleted {{at}}. Orders and postings stay under a meaningless id.", certificate: "Certificate",
    first: "To be settled first:", lost: "The member will lose:", nothingLost: "This member has nothing that is unused.",
    loss: { points: "Points", coupons: "Coupons", tier: "Tier", redemptions: "Items to pick up" },
    blocker: {
      "stored-value": "Stored value has not been paid out", cards: "Cards are not used up", withdrawals: "A withdrawal is on its way", renewals: "An automatic renewal is on", "points-frozen": "Points are frozen", redemptions: "Items that were paid for wait to be picked up", "coupon-held": "An order holds a coupon",
      "orders-open": "An order is open", "bills-open": "A shared bill is not paid", "offline-codes": "An offline code is not settled", "not-active": "The membership is not active",
    },
  },
};
