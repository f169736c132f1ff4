// A small brand for screenshots and checks: the same names as the project's seed tells of.
const day = 86_400_000;
const now = Date.now();
const at = (daysAgo) => new Date(now - daysAgo * day).toISOString();
const on = (daysAhead) => new Date(now + daysAhead * day).toISOString().slice(0, 10);

export const brands = {
  hotpot: {
    tenantId: 't1', code: 'hotpot', name: '山城老灶火锅',
    theme: { primary: '#c8321f', logoText: '山城' },
    tiers: [
      { id: 'a', name: '新客', rank: 1 }, { id: 'b', name: '银卡', rank: 2, spendFen: 50_000 },
      { id: 'c', name: '金卡', rank: 3, spendFen: 200_000 }, { id: 'd', name: '黑卡', rank: 4, spendFen: 800_000 },
    ],
    topUpPlans: [],
    stores: [
      { id: 's1', name: '解放碑店', city: '重庆', address: '渝中区民族路 101 号', phone: '023-63700001', openingHours: '10:30–23:30' },
      { id: 's2', name: '观音桥店', city: '重庆', address: '江北区观音桥步行街 8 号负一层', phone: '023-67700002', openingHours: '10:30–02:00' },
      { id: 's3', name: '春熙路店', city: '成都', address: '锦江区春熙路北段 12 号', phone: '028-86600003', openingHours: '11:00–23:00' },
      { id: 's4', name: '静安寺店', city: '上海', address: '静安区南京西路 1688 号 5 楼', phone: null, openingHours: '11:00–22:00' },
    ],
  },
  bakery: {
    tenantId: 't2', code: 'bakery', name: '麦香坊', theme: { primary: '#e0a43a', logoText: '麦香' },
    tiers: [{ id: 'a', name: '面包客', rank: 1 }, { id: 'b', name: '吐司会员', rank: 2 }], topUpPlans: [],
    stores: [{ id: 's1', name: '湖滨店', city: '杭州', address: '上城区湖滨路 28 号', phone: '0571-87000001', openingHours: '07:30–21:00' }],
  },
};

export const member = {
  id: 'm1', memberNo: '80012345', name: '王芳', phoneMasked: '138****5678', gender: 'female',
  birthday: { calendar: 'lunar', year: 1990, month: 5, day: 12, leap: true }, nextBirthdayOn: on(40), homeStoreId: 's1',
  joinedAt: at(420), joinedVia: 'h5', tags: [], preferences: { tastes: ['spicy', 'noCoriander'], channels: ['wechat'] },
  points: { active: 2_486, pending: 120, frozen: 0, expiring: { points: 320, on: on(28) }, expiringSoon: { points: 320, on: on(28), days: 28 }, activating: { points: 120, on: on(5) }, owed: 0 },
  storedValue: { principalFen: 41_250, bonusFen: 8_250, frozenFen: 0 },
  tier: { id: 'c', name: '金卡', rank: 3, since: at(60), until: on(240), color: '#c9a14a', benefits: ['生日当月送锅底一份', '免排队优先入座', '积分 1.5 倍'], next: { name: '黑卡', condition: 'any', missing: { spendFen: 352_000, visits: 9 } }, isGranted: false,
    counted: { spendFen: 648_000, visits: 21, growth: 0, fromMonth: '2025-12', untilMonth: '2026-11' }, projected: { id: 'b', name: '银卡', on: '2027-07-18', isKept: false, missing: { spendFen: 120_000 } } },
  couponsUsable: 4,
  facts: { orders: 31, netFen: 448_000, refundedFen: 0, firstOrderAt: at(400), lastOrderAt: at(2) },
};

export const pointsEntries = [
  { id: 'p1', kind: 'earn', points: 268, at: at(2), orderId: 'o1', reason: '解放碑店消费', expiresOn: on(363), activeFrom: at(-5), withheld: 0, balanceAfter: 2_606 },
  { id: 'p2', kind: 'spend', points: -500, at: at(2), orderId: 'o1', reason: null, expiresOn: null },
  { id: 'p3', kind: 'adjust', points: 200, at: at(12), orderId: null, reason: '生日礼遇', expiresOn: on(353) },
  { id: 'p4', kind: 'take-back', points: -38, at: at(20), orderId: 'o2', reason: '部分退款', expiresOn: null },
  { id: 'p5', kind: 'earn', points: 412, at: at(20), orderId: 'o2', reason: '观音桥店消费', expiresOn: on(345) },
  { id: 'p6', kind: 'expire', points: -60, at: at(41), orderId: null, reason: null, expiresOn: null },
];

export const pointsMonths = [
  { month: '2026-11', opening: 2_698, earned: 268, spent: -500, expired: -60, other: 200, closing: 2_606 },
  { month: '2026-10', opening: 2_324, earned: 374, spent: 0, expired: 0, other: 0, closing: 2_698 },
];

export const storedValueEntries = [
  { id: 'v1', kind: 'spend', principalFen: -8_950, bonusFen: -1_790, at: at(2), orderId: 'o1', reason: '解放碑店' },
  { id: 'v2', kind: 'top-up', principalFen: 50_000, bonusFen: 10_000, at: at(15), orderId: null, reason: null },
  { id: 'v3', kind: 'refund', principalFen: 3_160, bonusFen: 640, at: at(19), orderId: 'o2', reason: '菜品未上' },
];

const coupon = (id, terms, extra) => ({ id, templateId: id, ...terms, ...extra });
/** As a guest sees it; a member who has taken it is told so. */
export const couponLink = {
  id: 'k1', token: 'ABCD-EFGH-JKLM', fromName: '李**', isMine: false, name: '周末聚餐立减券', kind: 'amount-off', amountFen: 3_000, thresholdFen: 20_000,
  sentence: '满200元减30元', sentenceEn: '¥30 off over ¥200', message: '周末一起吃火锅', expiresAt: on(3), against: null,
};
export const coupons = {
  usable: [
    coupon('c1', { name: '周末聚餐立减券', kind: 'amount-off', amountFen: 3_000, thresholdFen: 20_000 }, { validUntil: on(5), isGiftable: true, isShareable: true }),
    coupon('c2', { name: '全场八八折', kind: 'percent-off', percentOff: 12, capFen: 5_000, thresholdFen: 10_000 }, { validUntil: on(26) }),
    coupon('c3', { name: '鲜毛肚一份', kind: 'exchange', thresholdFen: 0 }, { validUntil: on(60), reasons: [{ code: 'time', message: '仅限周一至周四使用' }] }),
    coupon('c4', { name: '大额满减', kind: 'amount-off', amountFen: 10_000, thresholdFen: 60_000 }, { validUntil: on(60), reasons: [{ code: 'threshold', message: '消费未满 600 元', missing: { amountFen: 12_000 } }] }),
  ],
  used: [coupon('c5', { name: '新客见面礼', kind: 'amount-off', amountFen: 2_000, thresholdFen: 0 }, { validUntil: on(-10), usedAt: at(20) })],
  expired: [coupon('c6', { name: '七夕双人券', kind: 'percent-off', percentOff: 20, thresholdFen: 18_800 }, { validUntil: on(-90) })],
};

export const templates = [
  { id: 'k1', name: '工作日午市券', kind: 'amount-off', amountFen: 1_500, thresholdFen: 8_000, validity: { kind: 'days', days: 14 }, stock: 500, perMember: 1, issued: 431, claimed: 0 },
  { id: 'k2', name: '酸梅汤兑换券', kind: 'exchange', thresholdFen: 0, validity: { kind: 'fixed', from: on(-3), until: on(20) }, stock: null, perMember: 1, issued: 3, claimed: 1 },
  { id: 'k3', name: '会员日八折', kind: 'percent-off', percentOff: 20, capFen: 8_000, thresholdFen: 10_000, validity: { kind: 'days', days: 7 }, stock: 200, perMember: 1, issued: 200, claimed: 0 },
];

const line = (lineId, name, quantity, unitPriceFen, { discountFen = 0, returnedQuantity = 0 } = {}) => ({
  lineId, sku: lineId, name, category: '菜品', quantity, returnedQuantity, unitPriceFen,
  grossFen: unitPriceFen * quantity, discountFen, netFen: unitPriceFen * quantity - discountFen, pointsEarned: 0,
});
export const orders = [
  {
    id: 'o1', orderNo: 'HP-20261119-0042', status: 'paid', storeId: 's1', channel: 'till', memberId: 'm1',
    grossFen: 29_800, discountFen: 3_000, netFen: 26_800, refundedFen: 0, pointsEarned: 268, pointsSpent: 500, paidAt: at(2),
    lines: [line('1', '九宫格牛油锅底', 1, 6_800, { discountFen: 685 }), line('2', '鲜切吊龙', 2, 5_800, { discountFen: 1_168 }), line('3', '屠场鲜毛肚', 1, 6_800, { discountFen: 685 }), line('4', '手打虾滑', 1, 4_600, { discountFen: 462 })],
    effects: [{ kind: 'coupon', name: '周末聚餐立减券', amountFen: 3_000, lines: [] }],
    tenders: [{ no: 1, kind: 'stored-value', amountFen: 10_740, refundedFen: 0 }, { no: 2, kind: 'points', amountFen: 500, refundedFen: 0, points: 500 }, { no: 3, kind: 'wechat', amountFen: 15_560, refundedFen: 0 }],
    returns: [],
  },
  {
    id: 'o2', orderNo: 'HP-20261101-0107', status: 'partially-refunded', storeId: 's2', channel: 'till', memberId: 'm1',
    grossFen: 41_200, discountFen: 0, netFen: 41_200, refundedFen: 3_800, pointsEarned: 412, pointsSpent: 0, paidAt: at(20),
    lines: [line('1', '鸳鸯锅底', 1, 7_800), line('2', '雪花肥牛', 3, 8_800), line('3', '冰汤圆', 2, 1_900, { returnedQuantity: 2 }), line('4', '耗儿鱼', 1, 3_200)],
    effects: [], tenders: [{ no: 1, kind: 'stored-value', amountFen: 41_200, refundedFen: 3_800 }],
    returns: [{ id: 'r1', at: at(20), amountFen: 3_800, reason: '菜品未上', lines: [] }],
  },
];

/** What would go back later, as the server works it out. */
const refundsOf = (paid, bonus) => [0, paid / 2, paid].map((spentFen) => ({ spentFen, consumerFen: paid - spentFen, merchantFen: paid - Math.round((spentFen * paid) / (paid + bonus)) }));

export const plans = [
  { id: 'l1', name: '充 200', principalFen: 20_000, bonusFen: 0 }, { id: 'l2', name: '充 500 送 50', principalFen: 50_000, bonusFen: 5_000 },
  { id: 'l3', name: '充 1000 送 150', principalFen: 100_000, bonusFen: 15_000 }, { id: 'l4', name: '充 2000 送 400', principalFen: 200_000, bonusFen: 40_000 },
].map((plan) => ({ ...plan, refunds: refundsOf(plan.principalFen, plan.bonusFen) }));

export const cardProducts = [
  { id: 'k1', kind: 'count', name: '酸梅汤十次卡', serves: '酸梅汤一扎', priceFen: 8_800, units: 10, renews: false, validDays: null, benefitTag: null,
    refunds: [{ used: 0, consumerFen: 8_800, merchantFen: 8_800 }, { used: 5, consumerFen: 2_800, merchantFen: 4_400 }, { used: 9, consumerFen: 0, merchantFen: 880 }] },
  { id: 'k2', kind: 'period', name: '毛肚月卡', serves: '毛肚享会员价', priceFen: 2_900, units: 30, renews: true, validDays: null, benefitTag: '毛肚月卡',
    refunds: [{ used: 0, consumerFen: 2_900, merchantFen: 2_900 }, { used: 15, consumerFen: 1_450, merchantFen: 1_450 }, { used: 29, consumerFen: 97, merchantFen: 97 }] },
];

export const cards = [
  { id: 'c2', productId: 'k2', kind: 'period', name: '毛肚月卡', serves: '毛肚享会员价', state: 'active', units: 30, left: 12, priceFen: 2_900, endsOn: '2026-12-03', mayRenew: true,
    renewal: { state: 'active', priceFen: 2_900, dueOn: '2026-12-03', nextTryOn: null, attempts: 0 } },
  { id: 'c1', productId: 'k1', kind: 'count', name: '酸梅汤十次卡', serves: '酸梅汤一扎', state: 'active', units: 10, left: 7, priceFen: 8_800, endsOn: null, mayRenew: false, renewal: null },
  { id: 'c0', productId: 'k1', kind: 'count', name: '酸梅汤十次卡', serves: '酸梅汤一扎', state: 'ended', units: 10, left: 0, priceFen: 8_800, endsOn: null, mayRenew: false, renewal: null },
];

export const refundQuote = {
  cause: 'merchant', refundFen: 30_450, bonusLapsedFen: 10_150, needsApproval: true,
  parts: [{ sourceId: 'x1', at: '2026-10-03T10:20:00Z', paidFen: 300_000, refundFen: 30_450, refusal: null, steps: [
    { code: 'paid', fen: 300_000 }, { code: 'bonus', fen: 100_000 }, { code: 'spent', fen: 359_400 }, { code: 'ratio', fen: 269_550, numerator: 300_000, denominator: 400_000 },
    { code: 'bonus-lapses', fen: 10_150 }, { code: 'refund', fen: 30_450 }] }],
};

const item = (id, name, points, extra = {}) => ({
  id, name, description: '', kind: 'dish', pictureId: null, points, cashFen: 0, left: null, perMember: null, pickupDays: 30, storeIds: [], taken: 0, isRedeemable: true, reasons: [], ...extra,
});
export const mallItems = [
  item('g1', '酸梅汤一扎', 300, { description: '门店现熬，当天领取', left: 3, perMember: 2, storeIds: ['s1'], taken: 1 }),
  item('g2', '九宫格小铜锅', 2_000, { kind: 'goods', cashFen: 5_900 }),
  item('g3', '双人套餐券', 4_000, { kind: 'coupon', isRedeemable: false, reasons: [{ code: 'points', message: '积分不足', missing: { points: 1_514 } }] }),
];

const redemption = (id, name, state, code) => ({
  id, itemId: 'g1', kind: 'dish', name, pictureId: null, quantity: 1, points: 300, cashFen: 0, state, code, pickupUntil: code ? on(20) : null, storeIds: [], createdAt: at(3),
});
export const redemptions = [redemption('q1', '酸梅汤一扎', 'ready', 'K7MP-2XQD'), redemption('q2', '冰粉一份', 'done', null)];

export const benefits = [
  { id: 'n1', name: '每月锅底券', description: '金卡每月一份', kind: 'coupon', left: 1, quota: 1, validUntil: on(12), isClaimable: true, isUsable: true },
  { id: 'n2', name: '免费停车', description: '', kind: 'service', left: 2, quota: 3, validUntil: on(12), isClaimable: false, isUsable: true },
];
export const benefitUses = [{ id: 'y1', name: '视频会员月卡', kind: 'partner-code', at: at(9), points: null, code: 'VIP-9F3K-77', couponId: null, undoneAt: null }];

const share = (no, name, totalFen, extra = {}) => ({
  no, name, state: 'open', isMine: false, isFree: false, orderId: `b1-${no}`, totalFen, discountFen: 0, feesFen: 0,
  lines: [{ lineId: `${no}`, name: '雪花肥牛', quantity: 1, units: 1, netFen: totalFen }], ...extra,
});
export const table = {
  id: 'b1', state: 'open', note: '8 号桌', storeName: '解放碑店', totalFen: 26_400, paidFen: 8_800, discountFen: 1_200, revision: 2, effects: [],
  shares: [share(1, '甲', 8_800, { state: 'paid' }), share(2, '乙', 9_300, { isMine: true, discountFen: 1_200 }), share(3, '丙', 8_300, { isFree: true })],
  points: 2_486, storedValueFen: 49_500, mostPoints: 500, pointsWorthFen: 500,
};

const consent = (purpose, text, given) => ({ purpose, text, given, version: given === null ? null : 1, currentVersion: 1, at: given === null ? null : at(30) });
export const consents = [
  consent('membership', '用于积分、等级和储值。', true), consent('marketing-sms', '发送优惠短信。', true), consent('marketing-wechat', '发送微信服务消息。', false), consent('profiling', '按您的喜好推荐。', null),
];
export const deletionPreview = { lost: [{ what: 'points', amount: 2_486 }], blockers: ['stored-value'], standing: null };
