import { reasonText, type NameOf, type Offer, type ReasonCode } from "@shuke/offers";
import type { z } from "zod";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import { couponUnknown, normalCode } from "./coupon.ts";
import { groupedCode } from "./coupon-code.ts";
import { namesFor } from "./coupon-names.ts";
import { couponSentence, termsOf } from "./coupon-offer.ts";
import { policyOf, type CouponPolicy } from "./coupon-policy.ts";
import { worthOf } from "./coupon-worth.ts";
import type { walletCoupon, walletQuery } from "./wallet.schema.ts";

type WalletCoupon = z.input<typeof walletCoupon>;

interface WalletRow {
  id: string;
  code: string;
  template_id: string;
  member_id: string | null;
  state: "issued" | "held" | "given" | "redeemed" | "expired" | "void";
  source: string;
  valid_from: Date;
  valid_until: Date;
  issued_at: Date;
  order_id: string | null;
  held_until: Date | null;
  redeemed_at: Date | null;
  ended_reason: string | null;
  name: string;
  definition: Offer;
  policy: Partial<CouponPolicy>;
  shareable: boolean;
  token: string | null;
  expires_at: Date | null;
}

const SELECT = `select c.id, c.code, c.template_id, c.member_id, c.state, c.valid_from, c.valid_until, c.issued_at, c.order_id, c.held_until,
    c.redeemed_at, c.ended_reason, c.source, v.name, v.definition, v.policy, g.token, g.expires_at, t.share is not null and t.state = 'live' as shareable
  from promotions.coupon c
  join promotions.coupon_template_version v on v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
  join promotions.coupon_template t on t.tenant_id = $1 and t.id = c.template_id
  left join promotions.coupon_gift g on g.tenant_id = $1 and g.coupon_id = c.id and g.state = 'offered'
 where c.tenant_id = $1`;

/**
 * Each shelf of the wallet with what it is sorted by: what ends first comes first, what is over latest first.
 * Every condition names $4, now, because Postgres refuses a parameter that it cannot see.
 */
const SHELVES = {
  usable: { where: "c.state in ('issued', 'held', 'given') and c.valid_until > $4", key: "c.valid_until", isNewestFirst: false },
  used: { where: "c.state = 'redeemed' and $4::timestamptz is not null", key: "c.redeemed_at", isNewestFirst: true },
  expired: { where: "(c.state in ('expired', 'void') or (c.state in ('issued', 'held', 'given') and c.valid_until <= $4))", key: "c.valid_until", isNewestFirst: true },
  all: { where: "$4::timestamptz is not null", key: "c.issued_at", isNewestFirst: true },
} as const;

export async function listCoupons(scope: Scope, memberId: string, query: z.output<typeof walletQuery>) {
  const after = decodeCursor(query.cursor, 2);
  const shelf = SHELVES[query.state ?? "all"];
  const [than, order] = shelf.isNewestFirst ? ["<", "desc"] : [">", "asc"];
  const rows = await scope.tx.rows<WalletRow>(
    `${SELECT} and c.member_id = $2 and ${shelf.where}
       and ($5::timestamptz is null or (${shelf.key}, c.id) ${than} ($5::timestamptz, $6::uuid))
     order by ${shelf.key} ${order}, c.id ${order} limit $3`,
    [scope.tenantId, memberId, query.limit + 1, scope.now, after?.[0] ?? null, after?.[1] ?? null]);
  const sortKey = (row: WalletRow): Date => ({ usable: row.valid_until, used: row.redeemed_at ?? row.issued_at, expired: row.valid_until, all: row.issued_at })[query.state ?? "all"];
  const nameOf = await namesFor(scope, rows.map((row) => row.definition));
  return pageFrom(rows, query.limit, (row) => walletOf(row, scope, nameOf, query.billFen), (row) => [sortKey(row).toISOString(), row.id]);
}

/** Throws `couponUnknown`. */
export async function getCoupon(scope: Scope, id: string): Promise<WalletCoupon> {
  const [row] = await scope.tx.rows<WalletRow>(`${SELECT} and c.id = $2`, [scope.tenantId, id]);
  if (!row) throw couponUnknown();
  return walletOf(row, scope, await namesFor(scope, [row.definition]));
}

/** A coupon by what is printed on it, typed or scanned. Throws `couponUnknown`. */
export async function getCouponByCode(scope: Scope, code: string): Promise<WalletCoupon> {
  const [coupon] = await findCoupons(scope, code);
  if (!coupon) throw couponUnknown();
  return coupon;
}

/** The coupon of a code, if there is one. */
export async function findCoupons(scope: Scope, code: string): Promise<WalletCoupon[]> {
  const rows = await scope.tx.rows<WalletRow>(`${SELECT} and c.code = $2`, [scope.tenantId, normalCode(code)]);
  const nameOf = await namesFor(scope, rows.map((row) => row.definition));
  return rows.map((row) => walletOf(row, scope, nameOf));
}

/** How many coupons each member could use now. */
export async function countUsable({ tx, tenantId, now }: Scope, memberIds: readonly string[]): Promise<Map<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<{ member_id: string; count: number }>(
    `select member_id, count(*)::int as count from promotions.coupon
      where tenant_id = $1 and member_id = any($2::uuid[]) and state in ('issued', 'held') and valid_from <= $3 and valid_until > $3
      group by member_id`, [tenantId, memberIds, now]);
  return new Map(rows.map((row) => [row.member_id, row.count]));
}

function walletOf(row: WalletRow, scope: Scope, nameOf: NameOf, billFen?: number): WalletCoupon {
  const why = whyNot(row, scope.now);
  const isOver = why === "expired" || why === "void";
  const { isStackable: _, ...terms } = termsOf(row.definition);
  const worth = why ? { worthFen: null, reasons: [plain(why)] } : worthOf(row.definition, scope, billFen);
  return {
    id: row.id, code: groupedCode(row.code), templateId: row.template_id, memberId: row.member_id, name: row.name, ...terms,
    sentence: couponSentence(row.definition, "zh-CN", nameOf), sentenceEn: couponSentence(row.definition, "en", nameOf),
    state: why === "redeemed" ? "used" : isOver || why === "given" ? why : "usable",
    isUsable: why === undefined && worth.reasons.length === 0, isGiftable: policyOf(row.policy).isGiftable && row.state === "issued" && !isOver, isShareable: row.shareable, ...worth,
    gift: row.token && row.expires_at ? { token: groupedCode(row.token), expiresAt: row.expires_at.toISOString() } : null,
    source: row.source, validFrom: row.valid_from.toISOString(), validUntil: row.valid_until.toISOString(), issuedAt: row.issued_at.toISOString(),
    usedAt: row.redeemed_at?.toISOString() ?? null, orderId: row.order_id, endedReason: row.ended_reason,
  };
}

const plain = (code: Against): WalletCoupon["reasons"][number] =>
  ({ code, message: code === "given" ? "赠送中，等朋友领取" : reasonText(code, undefined, "zh-CN") });

type Against = Extract<ReasonCode, "redeemed" | "void" | "expired" | "held" | "not-yet-valid"> | "given";

/** A hold that has run out no longer holds. */
function whyNot(row: WalletRow, now: Date): Against | undefined {
  if (row.state === "redeemed" || row.state === "void" || row.state === "expired") return row.state;
  if (row.valid_until <= now) return "expired";
  if (row.state === "given") return "given";
  if (row.state === "held" && row.held_until !== null && row.held_until > now) return "held";
  return row.valid_from > now ? "not-yet-valid" : undefined;
}
