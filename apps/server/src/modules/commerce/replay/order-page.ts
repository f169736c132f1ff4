import type { Scope } from "../../../kernel/scope.ts";

/** Few enough that a fetch is over within some tens of milliseconds: a till that asks meanwhile waits no longer than for another till. */
export const PAGE = 500;

export interface Place {
  at: string;
  /** null before the first order of the period. */
  id: string | null;
}

export interface OrderPage {
  /** For each bucket the JSON text of its orders: parsed by the thread that counts them, not here. */
  buckets: string[];
  orders: number;
  versions: number[];
  couponIds: string[];
  last: Place;
}

interface Period {
  after: Place;
  untilAt: Date;
  storeIds: readonly string[] | null;
}

interface PageRow {
  bucket: number;
  orders: string;
  count: number;
  versions: number[];
  coupon_ids: string[][] | null;
  last_at: string;
  last_id: string;
}

/**
 * The next orders of a period, oldest first, as JSON text. All orders of one member are in one bucket, so that whoever counts it
 * knows how often that member has used the draft. One pass over `proof`, one look-up of the lines by their key.
 */
export async function readPage(scope: Scope, { after, untilAt, storeIds }: Period, buckets: number): Promise<OrderPage | undefined> {
  const rows = await scope.tx.rows<PageRow>(
    `with page as materialized (
       select id, store_id, channel, source, member_id, net_fen, fees_fen, rule_version, paid_at, proof
         from commerce."order"
        where tenant_id = $1 and paid_at >= $2::timestamptz and paid_at < $3 and ($4::text is null or paid_at > $2::timestamptz or id < $4)
          and ($5::uuid[] is null or store_id = any($5))
        order by paid_at, id desc limit $6)
     select ascii(right(coalesce(p.member_id::text, p.id), 1)) % $7::int as bucket, count(*)::int as count,
            '[' || string_agg(json_build_array(
              p.id, p.store_id, p.channel, p.source, p.member_id, p.net_fen, p.fees_fen, p.rule_version, (extract(epoch from p.paid_at) * 1000)::bigint,
              (select json_agg(json_build_array(l.line_id, l.sku, l.category, l.quantity, l.unit_price_fen, l.discount_fen) order by l.no)
                 from commerce.order_line l where l.tenant_id = $1 and l.order_id = p.id),
              case when p.source = 'till' then json_build_array(x.tags, x.fees, x.member, x."manualDiscountFen", x.codes, x."couponIds", x.effects, x.bill, x."lineDiscounts") end
            )::text, ',' order by p.paid_at, p.id desc) || ']' as orders,
            array_agg(distinct p.rule_version) as versions,
            jsonb_agg(x."couponIds") filter (where jsonb_array_length(x."couponIds") > 0) as coupon_ids,
            (select paid_at::text from page order by paid_at desc, id limit 1) as last_at, (select id from page order by paid_at desc, id limit 1) as last_id
       from page p cross join lateral jsonb_to_record(p.proof)
            as x(tags jsonb, fees jsonb, member jsonb, "manualDiscountFen" bigint, codes jsonb, "couponIds" jsonb, effects jsonb, bill jsonb, "lineDiscounts" jsonb)
      group by 1`,
    [scope.tenantId, after.at, untilAt, after.id, storeIds, PAGE, buckets]);
  const [first] = rows;
  if (!first) return undefined;
  return {
    buckets: Array.from({ length: buckets }, (_, bucket) => rows.find((row) => row.bucket === bucket)?.orders ?? "[]"),
    orders: rows.reduce((sum, row) => sum + row.count, 0),
    versions: [...new Set(rows.flatMap((row) => row.versions))],
    couponIds: [...new Set(rows.flatMap((row) => (row.coupon_ids ?? []).flat()))],
    last: { at: first.last_at, id: first.last_id },
  };
}

export async function countOrders(scope: Scope, fromAt: Date, untilAt: Date, storeIds: readonly string[] | null): Promise<number> {
  const [row] = await scope.tx.rows<{ count: number }>(
    `select count(*)::int as count from commerce."order" where tenant_id = $1 and paid_at >= $2 and paid_at < $3 and ($4::uuid[] is null or store_id = any($4))`,
    [scope.tenantId, fromAt, untilAt, storeIds]);
  return row?.count ?? 0;
}
