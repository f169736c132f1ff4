import type { Brand, TopUpPlan } from './brand.ts';
import type { ClaimableTemplate, Coupon, CouponLink, CouponState, LinkWay } from './coupon.ts';
import type { Benefit, BenefitUse, MallItem, Redeemed, Redemption } from './mall.ts';
import type { Birthday, Member, MemberCode, MemberPatch, PointsEntry, PointsMonth, PointsRecipient, StoredValueEntry, TransferTerms } from './member.ts';
import type { OfflineCode } from './offline.ts';
import type { Order, OrderSummary } from './order.ts';
import type { Listed } from './page.ts';
import type { Pay, TopUp, TopUpRequest, TopUpStart } from './payment.ts';
import type { CardProduct, CardPurchase, MemberCard, RefundCause, RefundQuote, Withdrawal } from './prepaid.ts';
import type { Table, TableTender } from './table.ts';
import type { Consent, DataCopy, Deletion, DeletionPreview } from './privacy.ts';
import { asProblem, readProblem } from './problem.ts';
import type { Wire } from './wire.ts';
import type { HttpRequest, Transport } from './transport.ts';

export type ApiSettings = {
  /** Empty in H5 (same origin), the server's address in the mini program. */
  base: string;
  transport: Transport;
  token: () => string | null;
  language: () => string;
  /** Called when the server no longer knows the token. */
  onSignedOut: () => void;
  newKey: () => string;
};

/** What somebody knows who has had this number for long. Any one is enough. */
export type JoinProof = { name?: string; birthday?: Birthday; memberNo?: string };
export type JoinRequest = { phone: string; phoneCode: string; name?: string; birthday?: Birthday; storeId?: string; proof?: JoinProof; isNewHolder?: boolean };
export type JoinReply = Wire['Joined'];
export type WechatReply = { token: string } | { needsPhone: true; ticket: string };
export type WechatJoinRequest = { ticket: string; phoneCode: string; phone?: string };

export type MemberApi = ReturnType<typeof createMemberApi>;

const PREFIX = '/api/member';

/** The member API of one brand's server. Every call throws `ApiProblem`. */
export function createMemberApi(settings: ApiSettings) {
  const get = <Reply>(path: string) => call<Reply>(settings, 'GET', path);
  const post = <Reply>(path: string, body: unknown = {}, key?: string) => call<Reply>(settings, 'POST', path, body, key);
  const brandPath = (code: string) => `/brands/${encodeURIComponent(code)}`;
  const linkPath = (way: LinkWay, token: string) => `/coupon-${way}s/${encodeURIComponent(token)}`;

  return {
    brand: (code: string) => get<Brand>(brandPath(code)),
    sendPhoneCode: (code: string, phone: string) =>
      post<{ devCode?: string } | null>(`${brandPath(code)}/phone-codes`, { phone }),
    join: (code: string, request: JoinRequest) => post<JoinReply>(`${brandPath(code)}/join`, request),
    wechatSignIn: (code: string, wechatCode: string) => post<WechatReply>(`${brandPath(code)}/wechat`, { code: wechatCode }),
    wechatJoin: (code: string, request: WechatJoinRequest) => post<JoinReply>(`${brandPath(code)}/wechat:join`, request),
    signOut: () => post<null>('/sign-out'),

    me: () => get<Member>('/me'),
    changeMe: (patch: MemberPatch) => call<Pick<Member, 'name' | 'gender' | 'birthday' | 'preferences'>>(settings, 'PATCH', '/me', patch),
    consents: () => get<{ items: Consent[] }>('/me/consents'),
    sayConsent: (purpose: string, version: number, given: boolean) => post<{ items: Consent[] }>('/me/consents', { purpose, version, given }),
    dataCopies: () => get<{ items: DataCopy[] }>('/me/data-copies'),
    askForCopy: () => post<{ items: DataCopy[] }>('/me/data-copies'),
    dataCopy: (id: string) => get<unknown>(`/me/data-copies/${id}`),
    deletion: () => get<DeletionPreview>('/me/deletion'),
    askForDeletion: () => post<Deletion>('/me/deletion'),
    undoDeletion: () => post<Deletion>('/me/deletion:undo'),
    code: () => get<MemberCode>('/me/code'),
    pointsEntries: (month: string | null, cursor?: string) => get<Listed<PointsEntry>>(listPath('/me/points-entries', { cursor, ...(month === null ? {} : { month }) })),
    pointsMonths: () => get<Listed<PointsMonth>>('/me/points-months'),
    checkInToday: () => get<{ isOpen: boolean; isDone: boolean }>('/me/check-in'),
    checkIn: () => post<{ points: number }>('/me/check-in'),
    transferTerms: () => get<TransferTerms>('/me/points-transfer'),
    pointsRecipient: (to: PointsRecipient) => post<{ name: string }>('/me/points-transfer:recipient', to),
    passPoints: (request: PointsRecipient & { points: number; note?: string }, key: string) => post<unknown>('/me/points:transfer', request, key),
    storedValueEntries: (cursor?: string) => get<Listed<StoredValueEntry>>(listPath('/me/stored-value-entries', { cursor })),

    coupons: (state: CouponState, cursor?: string, billFen?: number) =>
      get<Listed<Coupon>>(listPath('/me/coupons', { state, cursor, billFen: billFen === undefined ? undefined : String(billFen) })),
    addCode: (code: string) => post<Coupon>('/me/coupons:add', { code }),
    giveCoupon: (id: string) => post<CouponLink>(`/me/coupons/${id}:give`),
    shareCoupon: (templateId: string) => post<CouponLink>(`/coupon-templates/${templateId}:share`),
    guestLink: (brandCode: string, way: LinkWay, token: string) => get<CouponLink>(brandPath(brandCode) + linkPath(way, token)),
    link: (way: LinkWay, token: string) => get<CouponLink>(linkPath(way, token)),
    takeLink: (way: LinkWay, token: string) =>
      (way === 'gift' ? post<Coupon>(`${linkPath(way, token)}:accept`) : post<Coupon>(`${linkPath(way, token)}:claim`, {}, settings.newKey())),
    takeBackGift: (token: string) => post<CouponLink>(`${linkPath('gift', token)}:take-back`),
    couponCenter: () => get<Listed<ClaimableTemplate>>('/coupon-center'),
    quoteRefund: (path: string, cause: RefundCause) => post<RefundQuote>(`${path}`, { cause }),
    askRefund: (path: string, cause: RefundCause, expectedFen: number, key: string) => post<Withdrawal>(path, { cause, expectedFen }, key),
    withdrawals: (cursor?: string) => get<Listed<Withdrawal>>(listPath('/me/withdrawals', { cursor })),
    takeBackRefund: (id: string) => post<Withdrawal>(`/me/withdrawals/${id}:take-back`),
    reportLoss: (reason: string) => post<unknown>('/me/stored-value:report-loss', { reason }),
    cardProducts: () => get<Listed<CardProduct>>('/card-products'),
    cards: () => get<Listed<MemberCard>>('/me/cards'),
    card: (id: string) => get<MemberCard>(`/me/cards/${id}`),
    buyCard: (request: { productId: string; wechatCode?: string }, key: string) => post<CardPurchase>('/me/cards', request, key),
    turnCard: (id: string, verb: 'pause' | 'resume' | 'end-renewal') => post<MemberCard>(`/me/cards/${id}:${verb}`),
    beginRenewal: (id: string, request: { wechatCode?: string }) => post<Wire['RenewalBegun']>(`/me/cards/${id}:begin-renewal`, request),

    // A claim is retried by a tap of the member; each tap is its own wish.
    claimCoupon: (templateId: string) => post<Coupon>(`/coupon-templates/${templateId}:claim`, {}, settings.newKey()),

    mallItems: (cursor?: string) => get<Listed<MallItem>>(listPath('/mall-items', { cursor })),
    mallItem: (id: string) => get<MallItem>(`/mall-items/${id}`),
    redeem: (id: string, request: { points: number; cashFen: number; wechatCode?: string }, key: string) => post<Redeemed>(`/mall-items/${id}:redeem`, request, key),
    redemptions: (cursor?: string) => get<Listed<Redemption>>(listPath('/me/redemptions', { cursor })),
    redemption: (id: string) => get<Redemption>(`/me/redemptions/${id}`),
    cancelRedemption: (id: string) => post<Redemption>(`/me/redemptions/${id}:cancel`),
    benefits: () => get<Listed<Benefit>>('/me/benefits'),
    benefitUses: (cursor?: string) => get<Listed<BenefitUse>>(listPath('/me/benefit-uses', { cursor })),
    claimBenefit: (grantId: string) => post<BenefitUse>(`/me/benefits/${grantId}:claim`, {}, settings.newKey()),

    orders: (cursor?: string) => get<Listed<OrderSummary>>(listPath('/me/orders', { cursor })),
    order: (id: string) => get<Order>(`/me/orders/${encodeURIComponent(id)}`),

    topUpPlans: () => get<Listed<TopUpPlan>>('/top-up-plans'),
    startTopUp: (request: TopUpRequest, key: string) => post<TopUpStart>('/me/top-ups', request, key),
    issueOfflineCode: (allowanceFen: number, key: string) => post<OfflineCode>('/me/offline-code', { allowanceFen }, key),
    table: (token: string) => get<Table>(`/tables/${token}`),
    claimShare: (token: string, no: number) => post<Table>(`/tables/${token}/shares/${no}:claim`),
    payShare: (token: string, no: number, request: { revision: number; tenders: TableTender[] }, key: string) =>
      post<Order>(`/tables/${token}/shares/${no}:pay`, request, key),
    startSharePayment: (token: string, no: number, request: { amountFen: number; wechatCode?: string }, key: string) =>
      post<{ paymentId: string; pay: Pay }>(`/tables/${token}/shares/${no}/payments`, request, key),
    sharePayment: (token: string, no: number, paymentId: string) =>
      get<{ state: 'created' | 'succeeded' | 'closed' }>(`/tables/${token}/shares/${no}/payments/${paymentId}`),

    topUp: (id: string) => get<TopUp>(`/me/top-ups/${id}`),
  };
}

function listPath(path: string, query: Record<string, string | undefined>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

async function call<Reply>(settings: ApiSettings, method: HttpRequest['method'], path: string, body?: unknown, key?: string) {
  const token = settings.token();
  const request: HttpRequest = {
    method,
    url: `${settings.base}${PREFIX}${path}`,
    headers: {
      accept: 'application/json, application/problem+json',
      'accept-language': settings.language(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body }),
  };
  const reply = await settings.transport(request).catch((error: unknown) => {
    throw asProblem(error);
  });
  // A wrong phone code is a 401 or 422 too: only a token that was sent can be the one refused.
  if (reply.status === 401 && token !== null && settings.token() === token) settings.onSignedOut();
  if (reply.status >= 400) throw readProblem(reply.status, reply.body);
  return reply.body as Reply;
}
