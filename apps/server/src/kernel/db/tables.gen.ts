// Generated from the database's catalogue by `npm run generate`. Do not edit.
import type { ColumnType, Generated } from "kysely";

/** jsonb: written as text, read parsed. */
type Json = ColumnType<unknown, string, string>;
/** Filled in by the fence. */
type Fenced = ColumnType<string, string | undefined, never>;

export interface DB {
  "commerce.bill": {
    tenant_id: Fenced;
    id: string;
    store_id: string;
    cart: Json;
    quote: Json;
    rule_version: number;
    host_id: string | null;
    host: ColumnType<unknown, string | null | undefined, string | null>;
    total_fen: number;
    state: Generated<string>;
    revision: Generated<number>;
    token: string;
    note: string | null;
    until: Date;
    opened_by: string;
    opened_at: Date;
    closed_at: Date | null;
  };
  "commerce.bill_share": {
    tenant_id: Fenced;
    bill_id: string;
    no: number;
    name: string;
    member_id: string | null;
    total_fen: number;
    part: Json;
    coupon_ids: ColumnType<unknown, string | undefined, string>;
    state: Generated<string>;
    order_id: string | null;
    payer_id: string | null;
    paid_at: Date | null;
  };
  "commerce.offline_code": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    allowance_fen: number;
    used_fen: Generated<number>;
    tier_id: string | null;
    first_order: boolean;
    issued_at: Date;
    expires_at: Date;
    escrow_until: Date;
    state: Generated<string>;
  };
  "commerce.offline_exception": {
    tenant_id: Fenced;
    id: string;
    kind: string;
    order_id: string;
    store_id: string;
    member_id: string | null;
    code_id: string | null;
    amount_fen: Generated<number>;
    detail: ColumnType<unknown, string | undefined, string>;
    at: Date;
    resolved_at: Date | null;
    resolved_by: string | null;
    resolution: string | null;
  };
  "commerce.order": {
    tenant_id: Fenced;
    id: string;
    store_id: string;
    channel: string;
    source: string;
    member_id: string | null;
    status: string;
    gross_fen: number;
    discount_fen: number;
    fees_fen: Generated<number>;
    net_fen: number;
    refunded_fen: Generated<number>;
    points_earned: Generated<number>;
    points_spent: Generated<number>;
    points_returned: Generated<number>;
    rule_version: number;
    proof: Json;
    cashier: string;
    paid_at: Date;
    business_on: string;
    recorded_at: Date;
  };
  "commerce.order_custom": {
    tenant_id: Fenced;
    id: string;
    order_id: string;
    ext: ColumnType<unknown, string | undefined, string>;
    updated_at: Date;
    text_1: string | null;
    text_2: string | null;
    text_3: string | null;
    text_4: string | null;
    text_5: string | null;
    text_6: string | null;
    text_7: string | null;
    text_8: string | null;
    number_1: number | null;
    number_2: number | null;
    number_3: number | null;
    number_4: number | null;
    number_5: number | null;
    number_6: number | null;
    time_1: Date | null;
    time_2: Date | null;
    time_3: Date | null;
    time_4: Date | null;
    reference_1: string | null;
    reference_2: string | null;
    reference_3: string | null;
    reference_4: string | null;
    terms: string[] | null;
  };
  "commerce.order_custom_term": {
    tenant_id: Fenced;
    id: string | null;
    terms: string[] | null;
  };
  "commerce.order_line": {
    tenant_id: Fenced;
    order_id: string;
    no: number;
    line_id: string;
    sku: string;
    name: string;
    category: string | null;
    quantity: number;
    unit_price_fen: number;
    gross_fen: number;
    discount_fen: number;
    net_fen: number;
    points_earned: Generated<number>;
    tender_split: Json;
    returned_quantity: Generated<number>;
    returned_fen: Generated<number>;
    returned_split: ColumnType<unknown, string | undefined, string>;
  };
  "commerce.product": {
    tenant_id: Fenced;
    id: string;
    sku: string;
    barcode: string | null;
    name: string;
    name_pinyin: Generated<string>;
    name_initials: Generated<string>;
    category: string | null;
    price_fen: number;
    state: Generated<string>;
    updated_at: Date;
    ext: ColumnType<unknown, string | undefined, string>;
    text_1: string | null;
    text_2: string | null;
    text_3: string | null;
    text_4: string | null;
    text_5: string | null;
    text_6: string | null;
    text_7: string | null;
    text_8: string | null;
    number_1: number | null;
    number_2: number | null;
    number_3: number | null;
    number_4: number | null;
    number_5: number | null;
    number_6: number | null;
    time_1: Date | null;
    time_2: Date | null;
    time_3: Date | null;
    time_4: Date | null;
    reference_1: string | null;
    reference_2: string | null;
    reference_3: string | null;
    reference_4: string | null;
    terms: string[] | null;
  };
  "commerce.product_gram": {
    tenant_id: Fenced;
    id: string | null;
    grams: string[] | null;
  };
  "commerce.product_term": {
    tenant_id: Fenced;
    id: string | null;
    terms: string[] | null;
  };
  "commerce.quote": {
    tenant_id: Fenced;
    order_id: string;
    cart: Json;
    quote: Json;
    quote_hash: string;
    member_id: string | null;
    state: Generated<string>;
    held_until: Date | null;
    at: Date;
    parked_at: Date | null;
    parked_by: string | null;
    note: string | null;
  };
  "commerce.replay": {
    tenant_id: Fenced;
    id: string;
    name: string;
    input: Json;
    state: Generated<string>;
    from_at: Date;
    until_at: Date;
    orders_total: Generated<number>;
    orders_done: Generated<number>;
    cursor_at: Date | null;
    cursor_id: string | null;
    progress: ColumnType<unknown, string | null | undefined, string | null>;
    gained: Buffer | null;
    result: ColumnType<unknown, string | null | undefined, string | null>;
    failure: string | null;
    runner: string | null;
    heartbeat_at: Date | null;
    created_at: Date;
    by_actor: string;
    started_at: Date | null;
    ended_at: Date | null;
  };
  "commerce.return": {
    tenant_id: Fenced;
    id: string;
    order_id: string | null;
    external_id: string | null;
    store_id: string;
    member_id: string | null;
    amount_fen: number;
    lines: Json;
    tenders: Json;
    points_taken_back: Generated<number>;
    points_given_back: Generated<number>;
    reason: string;
    by_actor: string;
    at: Date;
    business_on: string;
    source: ColumnType<unknown, string | null | undefined, string | null>;
    points_clawed: Generated<number>;
    clawed_fen: Generated<number>;
  };
  "commerce.tender": {
    tenant_id: Fenced;
    order_id: string;
    no: number;
    kind: string;
    amount_fen: number;
    refunded_fen: Generated<number>;
    points: number | null;
    principal_fen: number | null;
    payment_id: string | null;
    reference: string | null;
  };
  "commerce.waiting_return": {
    tenant_id: Fenced;
    external_id: string;
    order_id: string;
    store_id: string;
    hash: string;
    wire: Json;
    by_actor: string;
    received_at: Date;
  };
  "customers.blocked_value": {
    tenant_id: Fenced;
    kind: string;
    digest: Buffer;
    shown: string;
    reason: string;
    by_actor: string;
    at: Date;
  };
  "customers.code_use": {
    tenant_id: Fenced;
    code_id: string;
    member_id: string;
    used_at: Date;
    expires_at: Date;
    order_id: string | null;
  };
  "customers.consent": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    purpose: string;
    version: number;
    given: boolean;
    at: Date;
    by_actor: string;
  };
  "customers.data_copy": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    asked_at: Date;
    ready_at: Date | null;
    sealed: string | null;
    expires_at: Date;
  };
  "customers.deletion": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    state: Generated<string>;
    asked_by: string;
    asked_at: Date;
    purge_at: Date;
    undone_at: Date | null;
    blockers: Generated<string[]>;
    done_at: Date | null;
    certificate: ColumnType<unknown, string | null | undefined, string | null>;
  };
  "customers.duplicate": {
    tenant_id: Fenced;
    id: string;
    a_id: string;
    b_id: string;
    score: number;
    reasons: Json;
    state: Generated<string>;
    found_at: Date;
    decided_by: string | null;
    decided_at: Date | null;
  };
  "customers.duplicate_run": {
    tenant_id: Fenced;
    id: string;
    kind: string;
    phase: string;
    state: string;
    cursor_id: string | null;
    slice: Generated<number>;
    total: Generated<number>;
    done: Generated<number>;
    found: Generated<number>;
    min_score: number | null;
    by_actor: string;
    by_name: string;
    started_at: Date;
    moved_at: Date;
    ended_at: Date | null;
  };
  "customers.identity": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    kind: string;
    digest: Buffer;
    shown: string | null;
    verified_at: Date | null;
    created_at: Date;
  };
  "customers.identity_rules": {
    tenant_id: Fenced;
    limits: ColumnType<unknown, string | undefined, string>;
    lease_days: number;
    by_actor: string;
    at: Date;
  };
  "customers.match_card": {
    tenant_id: Fenced;
    member_id: string;
    keys: number[];
    name_key: number | null;
    at: Date;
  };
  "customers.member": {
    tenant_id: Fenced;
    id: string;
    member_no: string;
    name: string;
    name_pinyin: Generated<string>;
    name_initials: Generated<string>;
    gender: Generated<string>;
    birth_calendar: string | null;
    birth_year: number | null;
    birth_month: number | null;
    birth_day: number | null;
    birth_leap: Generated<boolean>;
    birthday_edited_at: Date | null;
    phone_sealed: Buffer | null;
    phone_last4: string | null;
    home_store_id: string | null;
    joined_at: Date;
    joined_via: string;
    preferences: ColumnType<unknown, string | undefined, string>;
    ext: ColumnType<unknown, string | undefined, string>;
    state: Generated<string>;
    updated_at: Date;
    grams: string[] | null;
    text_1: string | null;
    text_2: string | null;
    text_3: string | null;
    text_4: string | null;
    text_5: string | null;
    text_6: string | null;
    text_7: string | null;
    text_8: string | null;
    number_1: number | null;
    number_2: number | null;
    number_3: number | null;
    number_4: number | null;
    number_5: number | null;
    number_6: number | null;
    time_1: Date | null;
    time_2: Date | null;
    time_3: Date | null;
    time_4: Date | null;
    reference_1: string | null;
    reference_2: string | null;
    reference_3: string | null;
    reference_4: string | null;
    merged_into: string | null;
    import_id: string | null;
    terms: string[] | null;
  };
  "customers.member_address": {
    tenant_id: Fenced;
    member_id: string;
    sealed: Buffer;
    at: Date;
  };
  "customers.member_gram": {
    tenant_id: Fenced;
    id: string | null;
    grams: string[] | null;
    state: string | null;
    joined_at: Date | null;
    home_store_id: string | null;
    name: string | null;
    name_pinyin: string | null;
    name_initials: string | null;
  };
  "customers.member_tag": {
    tenant_id: Fenced;
    member_id: string;
    tag: string;
    source: Generated<string>;
    at: Date;
    by_actor: string;
  };
  "customers.member_term": {
    tenant_id: Fenced;
    id: string | null;
    terms: string[] | null;
  };
  "customers.merge": {
    tenant_id: Fenced;
    id: string;
    survivor_id: string;
    absorbed_id: string;
    state: Generated<string>;
    reason: string;
    by_actor: string;
    by_name: string;
    at: Date;
    undo_until: Date;
    undone_at: Date | null;
    undone_by: string | null;
    undo_reason: string | null;
  };
  "customers.merge_part": {
    tenant_id: Fenced;
    merge_id: string;
    module: string;
    kept: Json;
  };
  "customers.message": {
    tenant_id: Fenced;
    message_id: string;
    type: string;
    member_id: string | null;
    decision: string;
    at: Date;
  };
  "customers.phone_code": {
    tenant_id: Fenced;
    phone_digest: Buffer;
    code_hash: Buffer;
    tries: Generated<number>;
    sent_at: Date;
    expires_at: Date;
    sent_on: string | null;
    sent_count: Generated<number>;
  };
  "customers.policy": {
    tenant_id: Fenced;
    purpose: string;
    version: number;
    text: string;
    published_at: Date;
    by_actor: string;
    text_en: Generated<string>;
  };
  "customers.session": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    secret_hash: Buffer;
    created_at: Date;
    expires_at: Date;
  };
  "insight.liability": {
    tenant_id: Fenced;
    on_day: string;
    kind: string;
    subject_id: string;
    store_id: string;
    month: string;
    amount: number;
    value_fen: number;
  };
  "insight.liability_count": {
    tenant_id: Fenced;
    on_day: string;
    as_of: Date;
  };
  "insight.store_hour": {
    tenant_id: Fenced;
    store_id: string;
    business_on: string;
    hour: number;
    orders: Generated<number>;
    net_fen: Generated<number>;
    refunded_fen: Generated<number>;
    member_orders: Generated<number>;
    member_net_fen: Generated<number>;
    new_members: Generated<number>;
  };
  "insight.value_flow": {
    tenant_id: Fenced;
    on_day: string;
    kind: string;
    flow: string;
    store_id: string;
    amount: number;
  };
  "kernel.audit_entry": {
    tenant_id: Fenced;
    id: string;
    at: Date;
    actor: string;
    actor_name: string;
    action: string;
    subject_kind: string;
    subject_id: string;
    before: ColumnType<unknown, string | null | undefined, string | null>;
    after: ColumnType<unknown, string | null | undefined, string | null>;
    reason: string | null;
    ip: string;
    request_id: string;
  };
  "kernel.data_key": {
    tenant_id: string;
    id: number;
    purpose: string;
    kek_id: string;
    wrapped: Buffer;
  };
  "kernel.declared_table": {
    name: string;
    kind: string;
    append_only: boolean;
  };
  "kernel.event": {
    tenant_id: Fenced;
    id: string;
    type: string;
    at: Date;
    actor: string;
    subject_id: string | null;
    payload: Json;
  };
  "kernel.idempotency": {
    tenant_id: Fenced;
    key: string;
    operation: string;
    body_hash: Buffer;
    status: number | null;
    body: string | null;
    at: Date;
  };
  "kernel.migration": {
    name: string;
    sha256: string;
    applied_at: Generated<Date>;
  };
  "kernel.milestone": {
    name: string;
    at: Date;
  };
  "kernel.personal_key": {
    tenant_id: Fenced;
    subject_id: string;
    wrapped: Buffer;
    created_at: Date;
  };
  "kernel.receipt": {
    tenant_id: Fenced;
    subscriber: string;
    event_id: string;
    at: Date;
  };
  "ledger.account": {
    tenant_id: Fenced;
    id: string;
    holder_id: string;
    asset: string;
    balance: Generated<number>;
    owed: Generated<number>;
    state: Generated<string>;
    opened_at: Date;
  };
  "ledger.hold": {
    tenant_id: Fenced;
    id: string;
    account_id: string;
    lot_id: string;
    amount: number;
    ref_id: string;
    until: Date;
  };
  "ledger.kin": {
    tenant_id: Fenced;
    account_id: string;
    kin_id: string;
  };
  "ledger.lot": {
    tenant_id: Fenced;
    id: string;
    account_id: string;
    amount: number;
    remaining: number;
    held: Generated<number>;
    earned_at: Date;
    active_from: Date;
    expires_at: Date | null;
    origin_kind: string;
    origin_id: string;
    origin_holder_id: string;
    store_id: string | null;
    rule_version: number | null;
    is_open: Generated<boolean>;
  };
  "ledger.posting": {
    tenant_id: Fenced;
    account_id: string;
    id: string;
    lot_id: string | null;
    amount: number;
    counter: string;
    kind: string;
    ref_id: string;
    at: Date;
    balance_after: number;
    memo: string | null;
  };
  "loyalty.adjustment_limit": {
    tenant_id: Fenced;
    role_id: string;
    max_points: number;
  };
  "loyalty.benefit": {
    tenant_id: Fenced;
    id: string;
    name: string;
    description: Generated<string>;
    kind: string;
    grant_on: string;
    tier_ids: Generated<string[]>;
    quota: number | null;
    coupon_template_id: string | null;
    points: number | null;
    lead_days: Generated<number>;
    valid_days: Generated<number>;
    is_automatic: Generated<boolean>;
    position: Generated<number>;
    state: Generated<string>;
    updated_at: Date;
    offer_id: string | null;
  };
  "loyalty.benefit_code": {
    tenant_id: Fenced;
    id: string;
    benefit_id: string;
    code: string;
    expires_on: string | null;
    use_id: string | null;
    handed_at: Date | null;
    added_at: Date;
  };
  "loyalty.benefit_grant": {
    tenant_id: Fenced;
    id: string;
    benefit_id: string;
    member_id: string;
    period: string;
    quota: number | null;
    used: Generated<number>;
    valid_from: Date;
    valid_until: Date | null;
    granted_by: string;
    granted_at: Date;
  };
  "loyalty.benefit_use": {
    tenant_id: Fenced;
    id: string;
    grant_id: string;
    benefit_id: string;
    member_id: string;
    store_id: string | null;
    order_id: string | null;
    outcome: ColumnType<unknown, string | undefined, string>;
    by_actor: string;
    at: Date;
    undone_at: Date | null;
    undone_by: string | null;
    undo_reason: string | null;
  };
  "loyalty.earn_rule": {
    tenant_id: Fenced;
    id: string;
    name: string;
    definition: Json;
    priority: Generated<number>;
    state: Generated<string>;
    updated_at: Date;
  };
  "loyalty.expiry_notice": {
    tenant_id: Fenced;
    member_id: string;
    expires_at: Date;
    warn_days: number;
    points: number;
    told_at: Date | null;
  };
  "loyalty.life_stage": {
    tenant_id: Fenced;
    member_id: string;
    stage: string;
    since: Date;
    due_at: Date | null;
  };
  "loyalty.life_stage_change": {
    tenant_id: Fenced;
    member_id: string;
    id: string;
    from_stage: string | null;
    to_stage: string;
    reason: string;
    given: Generated<string[]>;
    at: Date;
  };
  "loyalty.mall_allowance": {
    tenant_id: Fenced;
    item_id: string;
    member_id: string;
    period: string;
    taken: number;
  };
  "loyalty.mall_item": {
    tenant_id: Fenced;
    id: string;
    name: string;
    description: Generated<string>;
    kind: string;
    picture_id: string | null;
    points: number;
    cash_fen: Generated<number>;
    stock: number | null;
    redeemed: Generated<number>;
    per_member: number | null;
    limit_period: Generated<string>;
    tier_ids: Generated<string[]>;
    store_ids: Generated<string[]>;
    coupon_template_id: string | null;
    benefit_id: string | null;
    pickup_days: Generated<number>;
    starts_on: string | null;
    ends_on: string | null;
    position: Generated<number>;
    state: Generated<string>;
    updated_at: Date;
  };
  "loyalty.mall_picture": {
    tenant_id: Fenced;
    id: string;
    media_type: string;
    bytes: Buffer;
    added_by: string;
    added_at: Date;
  };
  "loyalty.points_counter": {
    tenant_id: Fenced;
    counted: string;
    holder_id: string;
    period: string;
    used: Generated<number>;
  };
  "loyalty.points_earning": {
    tenant_id: Fenced;
    source: string;
    reference: string;
    id: string;
    member_id: string;
    points: number;
    growth: Generated<number>;
    note: string | null;
    at: Date;
  };
  "loyalty.points_freeze": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    points: number;
    reason: string;
    by_actor: string;
    at: Date;
    released_by: string | null;
    released_at: Date | null;
    release_reason: string | null;
  };
  "loyalty.points_transfer": {
    tenant_id: Fenced;
    id: string;
    from_member_id: string;
    to_member_id: string;
    points: number;
    reason: string | null;
    by_actor: string;
    business_on: string;
    at: Date;
  };
  "loyalty.program": {
    tenant_id: Fenced;
    earn_points: number;
    earn_per_fen: number;
    expiry_kind: Generated<string>;
    expiry_months: Generated<number>;
    spend_points: Generated<number>;
    spend_fen: Generated<number>;
    spend_step: Generated<number>;
    max_order_share_percent: Generated<number>;
    negative_policy: Generated<string>;
    tier_window_months: Generated<number>;
    version: Generated<number>;
    updated_at: Date;
    pending_kind: Generated<string>;
    pending_days: Generated<number>;
    expiry_day: string | null;
    restore_grace_days: Generated<number>;
    transfer_day_limit: number | null;
    earn_combine: Generated<string>;
    earn_rounding: Generated<string>;
    earn_max_per_order: number | null;
    earn_max_per_day: number | null;
    tier_window_kind: Generated<string>;
    tier_downgrade: Generated<string>;
    tier_grace_days: Generated<number>;
    tier_notice_days: Generated<number>;
    tier_refund_month: Generated<string>;
    growth_points: Generated<number>;
    growth_per_fen: Generated<number>;
    growth_per_visit: Generated<number>;
    lifecycle: ColumnType<unknown, string | null | undefined, string | null>;
  };
  "loyalty.redemption": {
    tenant_id: Fenced;
    id: string;
    item_id: string;
    member_id: string;
    kind: string;
    name: string;
    quantity: number;
    points: number;
    cash_fen: number;
    period: string;
    state: string;
    code: string | null;
    payment_id: string | null;
    pay_until: Date | null;
    pickup_until: Date | null;
    outcome: ColumnType<unknown, string | undefined, string>;
    store_id: string | null;
    handed_by: string | null;
    handed_at: Date | null;
    ended_at: Date | null;
    end_reason: string | null;
    restocked: Generated<boolean>;
    refund_id: string | null;
    created_at: Date;
    paid_by: string | null;
  };
  "loyalty.standing": {
    tenant_id: Fenced;
    member_id: string;
    tier_id: string | null;
    tier_since: Date | null;
    tier_until: Date | null;
    months: ColumnType<unknown, string | undefined, string>;
    orders: Generated<number>;
    net_fen: Generated<number>;
    refunded_fen: Generated<number>;
    first_order_at: Date | null;
    last_order_at: Date | null;
    grant_kind: string | null;
    noticed_until: Date | null;
  };
  "loyalty.tier": {
    tenant_id: Fenced;
    id: string;
    rank: number;
    name: string;
    min_spend_fen: Generated<number>;
    min_visits: Generated<number>;
    condition: Generated<string>;
    earn_percent: Generated<number>;
    benefits: Generated<string[]>;
    color: Generated<string>;
    min_growth: Generated<number>;
  };
  "loyalty.tier_change": {
    tenant_id: Fenced;
    member_id: string;
    id: string;
    from_tier_id: string | null;
    to_tier_id: string | null;
    reason: string;
    at: Date;
  };
  "loyalty.tier_grant": {
    tenant_id: Fenced;
    member_id: string;
    id: string;
    tier_id: string;
    until: Date;
    reason: string;
    by_actor: string;
    by_name: string;
    at: Date;
    ended_at: Date | null;
    end_reason: string | null;
  };
  "objects.attachment": {
    tenant_id: Fenced;
    file_id: string;
    field_id: string;
    record_id: string | null;
    name: string;
    media_type: string;
    size_bytes: number;
  };
  "objects.field": {
    tenant_id: Fenced;
    id: string;
    object_id: string;
    key: string;
    kind: string;
    name: string;
    name_en: Generated<string>;
    hint: Generated<string>;
    settings: ColumnType<unknown, string | undefined, string>;
    target_id: string | null;
    is_required: Generated<boolean>;
    required_from: string | null;
    is_unique: Generated<boolean>;
    slot: string | null;
    is_slot_ready: Generated<boolean>;
    position: number;
    next_number: Generated<number>;
    archived_at: Date | null;
    created_at: Date;
    is_listed: Generated<boolean>;
    is_list_ready: Generated<boolean>;
  };
  "objects.fill": {
    tenant_id: Fenced;
    id: string;
    object_id: string;
    field_id: string;
    purpose: string;
    state: Generated<string>;
    cursor_id: string;
    looked: Generated<number>;
    total: Generated<number>;
    failure: ColumnType<unknown, string | null | undefined, string | null>;
    created_at: Date;
    created_by: string;
    moved_at: Date;
    ended_at: Date | null;
  };
  "objects.layout": {
    tenant_id: Fenced;
    id: string;
    object_id: string;
    role_id: string | null;
    definition: Json;
    updated_at: Date;
    updated_by: string;
  };
  "objects.link": {
    tenant_id: Fenced;
    field_id: string;
    from_id: string;
    to_id: string;
  };
  "objects.object": {
    tenant_id: Fenced;
    id: string;
    key: string;
    name: string;
    name_en: Generated<string>;
    title_field_id: string | null;
    stage_field_id: string | null;
    rules: ColumnType<unknown, string | undefined, string>;
    archived_at: Date | null;
    archive_reason: string | null;
    created_at: Date;
    created_by: string;
  };
  "objects.pack_run": {
    tenant_id: Fenced;
    id: string;
    pack: string;
    version: number;
    name: string;
    file: string;
    steps: Json;
    applied_at: Date;
    applied_by: string;
    rolled_back_at: Date | null;
    rolled_back_by: string | null;
  };
  "objects.record": {
    tenant_id: Fenced;
    object_id: string;
    id: string;
    store_id: string | null;
    ext: ColumnType<unknown, string | undefined, string>;
    version: Generated<number>;
    created_at: Date;
    created_by: string;
    updated_at: Date;
    text_1: string | null;
    text_2: string | null;
    text_3: string | null;
    text_4: string | null;
    text_5: string | null;
    text_6: string | null;
    text_7: string | null;
    text_8: string | null;
    number_1: number | null;
    number_2: number | null;
    number_3: number | null;
    number_4: number | null;
    number_5: number | null;
    number_6: number | null;
    time_1: Date | null;
    time_2: Date | null;
    time_3: Date | null;
    time_4: Date | null;
    reference_1: string | null;
    reference_2: string | null;
    reference_3: string | null;
    reference_4: string | null;
    terms: string[] | null;
  };
  "objects.record_term": {
    tenant_id: Fenced;
    id: string | null;
    terms: string[] | null;
  };
  "objects.saved_view": {
    tenant_id: Fenced;
    id: string;
    object_id: string;
    staff_id: string | null;
    name: string;
    is_shared: Generated<boolean>;
    definition: Json;
    created_at: Date;
  };
  "objects.unique_value": {
    tenant_id: Fenced;
    field_id: string;
    value: string;
    record_id: string;
  };
  "org.api_key": {
    tenant_id: Fenced;
    id: string;
    name: string;
    secret_hash: Buffer;
    last_four: string;
    scopes: string[];
    requests_per_minute: Generated<number>;
    created_at: Date;
    created_by: string;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  "org.recovery_code": {
    tenant_id: Fenced;
    staff_id: string;
    code_hash: Buffer;
  };
  "org.role": {
    tenant_id: Fenced;
    id: string;
    name: string;
    permissions: string[];
    scope_kind: string;
    is_builtin: Generated<boolean>;
    menu: ColumnType<unknown, string | null | undefined, string | null>;
  };
  "org.session": {
    tenant_id: Fenced;
    id: string;
    staff_id: string;
    secret_hash: Buffer;
    created_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    ip: string;
    user_agent: string;
  };
  "org.sign_in_try": {
    tenant_id: Fenced;
    account: string;
    failed: number;
    locked_until: Date | null;
    at: Date;
  };
  "org.staff": {
    tenant_id: Fenced;
    id: string;
    account: string;
    name: string;
    password_hash: string;
    totp_sealed: Buffer | null;
    state: Generated<string>;
    created_at: Date;
    last_sign_in_at: Date | null;
    totp_pending_sealed: Buffer | null;
    totp_used_step: number | null;
  };
  "org.staff_role": {
    tenant_id: Fenced;
    staff_id: string;
    role_id: string;
    unit_id: string;
  };
  "org.tenant": {
    id: string;
    code: string;
    name: string;
    time_zone: string;
    theme: ColumnType<unknown, string | undefined, string>;
    settings: ColumnType<unknown, string | undefined, string>;
    state: Generated<string>;
    created_at: Date;
  };
  "org.unit": {
    tenant_id: Fenced;
    id: string;
    parent_id: string | null;
    kind: string;
    code: string;
    name: string;
    path: string;
    address: string | null;
    phone: string | null;
    opening_hours: string | null;
    latitude: number | null;
    longitude: number | null;
    state: Generated<string>;
    created_at: Date;
  };
  "payments.card": {
    tenant_id: Fenced;
    id: string;
    product_id: string;
    member_id: string;
    kind: string;
    name: string;
    list_use_fen: number | null;
    benefit_tag: string | null;
    state: string;
    ends_on: string | null;
    counted_on: string | null;
    at: Date;
  };
  "payments.card_product": {
    tenant_id: Fenced;
    id: string;
    kind: string;
    name: string;
    serves: string;
    price_fen: number;
    units: number;
    list_use_fen: number | null;
    valid_days: number | null;
    benefit_tag: string | null;
    renews: Generated<boolean>;
    store_ids: Generated<string[]>;
    position: Generated<number>;
    state: Generated<string>;
  };
  "payments.card_sale": {
    tenant_id: Fenced;
    id: string;
    card_id: string;
    units: number;
    price_fen: number;
    used: Generated<number>;
    recognised_fen: Generated<number>;
    method: string;
    payment_id: string | null;
    store_id: string | null;
    state: string;
    by_actor: string;
    at: Date;
  };
  "payments.card_use": {
    tenant_id: Fenced;
    id: string;
    card_id: string;
    uses: number;
    recognised_fen: number;
    undo_of: string | null;
    store_id: string;
    note: string | null;
    by_actor: string;
    at: Date;
  };
  "payments.freeze": {
    tenant_id: Fenced;
    member_id: string;
    kind: string;
    reason: string;
    by_actor: string;
    at: Date;
  };
  "payments.merchant_account": {
    tenant_id: Fenced;
    merchant_id: string;
    app_id: string;
    certificate_serial: string;
    public_key_id: string;
    public_key_pem: string;
    papay_plan_id: number | null;
    secrets_sealed: Buffer;
    is_current: Generated<boolean>;
    by_actor: string;
    at: Date;
  };
  "payments.payment": {
    tenant_id: Fenced;
    id: string;
    provider: string;
    purpose: string;
    subject_id: string;
    member_id: string | null;
    amount_fen: number;
    refunded_fen: Generated<number>;
    out_trade_no: string;
    transaction_no: string | null;
    code_url: string | null;
    pay_params: ColumnType<unknown, string | null | undefined, string | null>;
    state: Generated<string>;
    used_by: string | null;
    created_at: Date;
    succeeded_at: Date | null;
    merchant_id: string | null;
  };
  "payments.prepaid_terms": {
    tenant_id: Fenced;
    version: number;
    spend_order: string;
    approval_over_fen: number;
    by_actor: string;
    at: Date;
  };
  "payments.refund": {
    tenant_id: Fenced;
    id: string;
    payment_id: string;
    return_id: string;
    amount_fen: number;
    out_refund_no: string;
    state: Generated<string>;
    at: Date;
    reason: Generated<string>;
  };
  "payments.renewal": {
    tenant_id: Fenced;
    id: string;
    card_id: string;
    member_id: string;
    contract_code: string;
    contract_id: string | null;
    state: string;
    price_fen: number;
    due_on: string | null;
    told_for: string | null;
    attempts: Generated<number>;
    next_try_on: string | null;
    sale_id: string | null;
    last_error: string | null;
    end_reason: string | null;
    at: Date;
    merchant_id: string | null;
  };
  "payments.stored_card": {
    tenant_id: Fenced;
    id: string;
    card_no: string;
    kind: string;
    member_id: string | null;
    amount_fen: Generated<number>;
    expires_on: string | null;
    state: string;
    replaced_by: string | null;
    method: string | null;
    store_id: string | null;
    by_actor: string;
    at: Date;
  };
  "payments.top_up": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    plan_id: string;
    principal_fen: number;
    bonus_fen: number;
    method: string;
    payment_id: string | null;
    store_id: string | null;
    state: string;
    by_actor: string;
    at: Date;
    spend_order: Generated<string>;
  };
  "payments.top_up_plan": {
    tenant_id: Fenced;
    id: string;
    name: string;
    principal_fen: number;
    bonus_fen: Generated<number>;
    position: Generated<number>;
    state: Generated<string>;
  };
  "payments.transfer": {
    tenant_id: Fenced;
    id: string;
    from_member_id: string;
    to_member_id: string;
    principal_fen: number;
    bonus_fen: number;
    reason: string;
    by_actor: string;
    at: Date;
  };
  "payments.withdrawal": {
    tenant_id: Fenced;
    id: string;
    member_id: string;
    card_id: string | null;
    store_id: string | null;
    cause: string;
    state: string;
    method: string;
    reference: string | null;
    refund_fen: number;
    principal_fen: Generated<number>;
    bonus_fen: Generated<number>;
    quote: Json;
    reason: string;
    asked_by: string;
    asked_at: Date;
    decided_by: string | null;
    decided_at: Date | null;
  };
  "payments.withdrawal_part": {
    tenant_id: Fenced;
    withdrawal_id: string;
    source_id: string;
    refund_fen: number;
    method: string;
    payment_id: string | null;
    refund_id: string | null;
    state: string;
  };
  "platform.announcement": {
    tenant_id: Fenced;
    id: string;
    title: string;
    body: string;
    state: Generated<string>;
    from_at: Date | null;
    until_at: Date | null;
    role_ids: Generated<string[]>;
    unit_ids: Generated<string[]>;
    is_pinned: Generated<boolean>;
    needs_confirmation: Generated<boolean>;
    created_at: Date;
    created_by: string;
    told_at: Date | null;
  };
  "platform.announcement_reading": {
    tenant_id: Fenced;
    announcement_id: string;
    staff_id: string;
    read_at: Date;
    confirmed_at: Date | null;
  };
  "platform.approval_chain": {
    tenant_id: Fenced;
    kind: string;
    steps: Json;
    updated_at: Date;
    updated_by: string;
  };
  "platform.approval_deputy": {
    tenant_id: Fenced;
    id: string;
    staff_id: string;
    deputy_id: string;
    from_at: Date;
    until_at: Date;
    note: string | null;
    created_at: Date;
  };
  "platform.approval_event": {
    tenant_id: Fenced;
    id: string;
    request_id: string;
    at: Date;
    actor: string;
    what: string;
    step_no: number;
    comment: string | null;
    details: ColumnType<unknown, string | undefined, string>;
  };
  "platform.approval_request": {
    tenant_id: Fenced;
    id: string;
    kind: string;
    payload: Json;
    amount: number;
    is_above_limit: Generated<boolean>;
    unit_id: string;
    reason: string;
    steps: Json;
    step_no: Generated<number>;
    round: Generated<number>;
    due_at: Date | null;
    state: Generated<string>;
    problem: ColumnType<unknown, string | null | undefined, string | null>;
    asked_by: string;
    asked_at: Date;
    ended_at: Date | null;
    is_members: Generated<boolean>;
  };
  "platform.approval_seat": {
    tenant_id: Fenced;
    request_id: string;
    step_no: number;
    staff_id: string;
    asked_by: string;
    turn: number;
    state: string;
    for_staff_id: string | null;
    decided_by: string | null;
    decided_at: Date | null;
    comment: string | null;
  };
  "platform.comment": {
    tenant_id: Fenced;
    id: string;
    subject_kind: string;
    subject_id: string;
    root_id: string | null;
    author_id: string;
    sealed: Buffer;
    mentions: Generated<string[]>;
    created_at: Date;
    edited_at: Date | null;
    deleted_at: Date | null;
    removed_by: string | null;
  };
  "platform.comment_version": {
    tenant_id: Fenced;
    comment_id: string;
    no: number;
    sealed: Buffer;
    written_at: Date;
  };
  "platform.export_run": {
    tenant_id: Fenced;
    id: string;
    kind: string;
    format: string;
    state: string;
    wish_sealed: Buffer | null;
    filters: Json;
    is_whole: boolean;
    reason: string | null;
    file_name: string;
    file_id: string | null;
    row_count: Generated<number>;
    size_bytes: Generated<number>;
    failure: string | null;
    staff_id: string;
    by_name: string;
    created_at: Date;
    moved_at: Date;
    ended_at: Date | null;
    columns: string[] | null;
  };
  "platform.file": {
    tenant_id: Fenced;
    id: string;
    name: string;
    size_bytes: number;
    by_actor: string;
    created_at: Date;
    keep_until: Date | null;
  };
  "platform.file_chunk": {
    tenant_id: Fenced;
    file_id: string;
    no: number;
    sealed: Buffer;
  };
  "platform.import_key": {
    tenant_id: Fenced;
    run_id: string;
    key: number;
    line: number;
  };
  "platform.import_mapping": {
    tenant_id: Fenced;
    id: string;
    target: string;
    name: string;
    headers: string[];
    mapping: Json;
    by_name: string;
    at: Date;
  };
  "platform.import_page": {
    tenant_id: Fenced;
    run_id: string;
    no: number;
    rows: number;
    verdicts: Json;
    checked: Buffer;
    outcomes: ColumnType<unknown, string | null | undefined, string | null>;
    applied: Buffer | null;
    undos: ColumnType<unknown, string | null | undefined, string | null>;
    undone: Buffer | null;
    subjects: Generated<string[]>;
  };
  "platform.import_run": {
    tenant_id: Fenced;
    id: string;
    target: string;
    state: string;
    file_id: string | null;
    file_name: string;
    size_bytes: number;
    source: ColumnType<unknown, string | null | undefined, string | null>;
    mapping: ColumnType<unknown, string | null | undefined, string | null>;
    counts: ColumnType<unknown, string | undefined, string>;
    checked_rows: Generated<number>;
    checked_bytes: Generated<number>;
    reason: string | null;
    staff_id: string | null;
    by_actor: string;
    by_name: string;
    created_at: Date;
    moved_at: Date;
    checked_at: Date | null;
    applied_at: Date | null;
    undone_at: Date | null;
    keep_until: Date;
  };
  "platform.notification": {
    tenant_id: Fenced;
    staff_id: string;
    id: string;
    kind: string;
    title: string;
    params: ColumnType<unknown, string | undefined, string>;
    link: string | null;
    by_staff_id: string | null;
    created_at: Date;
    read_at: Date | null;
  };
  "platform.notification_choice": {
    tenant_id: Fenced;
    staff_id: string;
    kind: string;
    in_app: boolean;
  };
  "platform.todo": {
    tenant_id: Fenced;
    id: string;
    kind: string;
    key: string;
    whose: string;
    zh: string;
    en: string;
    note: string | null;
    link: string | null;
    count: number | null;
    due_at: Date | null;
    created_by: string;
    created_at: Date;
    done_by: string | null;
    done_at: Date | null;
  };
  "platform.webhook": {
    tenant_id: Fenced;
    id: string;
    url: string;
    event_types: string[];
    secret_sealed: Buffer;
    state: Generated<string>;
    created_at: Date;
    given_up: Generated<number>;
  };
  "platform.webhook_delivery": {
    tenant_id: Fenced;
    id: string;
    webhook_id: string;
    event_id: string;
    event_type: string;
    subject_id: string | null;
    body: string;
    state: string;
    attempts: Generated<number>;
    last_status: number | null;
    last_error: string | null;
    created_at: Date;
    next_attempt_at: Date | null;
    delivered_at: Date | null;
  };
  "promotions.coupon": {
    tenant_id: Fenced;
    id: string;
    code: string;
    template_id: string;
    template_version: number;
    member_id: string | null;
    state: Generated<string>;
    valid_from: Date;
    valid_until: Date;
    issued_at: Date;
    issued_by: string;
    order_id: string | null;
    held_until: Date | null;
    redeemed_at: Date | null;
    ended_reason: string | null;
    source: Generated<string>;
    source_id: string | null;
    push_id: string | null;
    redeemed_by: string | null;
  };
  "promotions.coupon_allowance": {
    tenant_id: Fenced;
    template_id: string;
    member_id: string;
    taken: number;
    period_from: string | null;
    period_taken: Generated<number>;
  };
  "promotions.coupon_clock": {
    tenant_id: Fenced;
    work: string;
    done_until: Date;
    done_id: string | null;
  };
  "promotions.coupon_gift": {
    tenant_id: Fenced;
    id: string;
    token: string;
    coupon_id: string;
    from_member_id: string;
    to_member_id: string | null;
    message: Generated<string>;
    state: Generated<string>;
    offered_at: Date;
    expires_at: Date;
    ended_at: Date | null;
  };
  "promotions.coupon_push": {
    tenant_id: Fenced;
    id: string;
    template_id: string;
    name: string;
    kind: string;
    audience: ColumnType<unknown, string | undefined, string>;
    state: string;
    total: number;
    looked: Generated<number>;
    issued: Generated<number>;
    refused: Generated<number>;
    revoked: Generated<number>;
    cursor_id: string | null;
    reason: string | null;
    created_at: Date;
    created_by: string;
    moved_at: Date;
    ended_at: Date | null;
    redeemed: Generated<number>;
  };
  "promotions.coupon_push_member": {
    tenant_id: Fenced;
    push_id: string;
    member_id: string;
  };
  "promotions.coupon_push_page": {
    tenant_id: Fenced;
    push_id: string;
    no: number;
    after_id: string | null;
    until_id: string | null;
    size: number;
    is_open: Generated<boolean>;
  };
  "promotions.coupon_return": {
    tenant_id: Fenced;
    coupon_id: string;
    order_id: string;
    at: Date;
  };
  "promotions.coupon_reward": {
    tenant_id: Fenced;
    order_id: string;
    template_id: string;
    member_id: string;
    net_fen: number;
    returned_fen: Generated<number>;
    minimum_fen: number;
    at: Date;
  };
  "promotions.coupon_rule": {
    tenant_id: Fenced;
    id: string;
    name: string;
    trigger: string;
    template_id: string;
    count: Generated<number>;
    conditions: ColumnType<unknown, string | undefined, string>;
    state: Generated<string>;
    created_at: Date;
    updated_at: Date;
  };
  "promotions.coupon_share": {
    tenant_id: Fenced;
    id: string;
    token: string;
    template_id: string;
    member_id: string;
    max_claims: number;
    claims: Generated<number>;
    created_at: Date;
    expires_at: Date;
  };
  "promotions.coupon_share_claim": {
    tenant_id: Fenced;
    share_id: string;
    member_id: string;
    coupon_id: string;
    at: Date;
  };
  "promotions.coupon_template": {
    tenant_id: Fenced;
    id: string;
    version: Generated<number>;
    name: string;
    kind: string;
    definition: Json;
    validity: Json;
    stock: number | null;
    per_member: number | null;
    issued: Generated<number>;
    redeemed: Generated<number>;
    state: Generated<string>;
    claimable: Generated<boolean>;
    created_at: Date;
    updated_at: Date;
    policy: ColumnType<unknown, string | undefined, string>;
    period: string | null;
    per_period: number | null;
    period_stock: number | null;
    period_from: string | null;
    period_issued: Generated<number>;
    share: ColumnType<unknown, string | null | undefined, string | null>;
    cost_fen: Generated<number>;
    sales_fen: Generated<number>;
  };
  "promotions.coupon_template_version": {
    tenant_id: Fenced;
    template_id: string;
    version: number;
    name: string;
    definition: Json;
    at: Date;
    policy: ColumnType<unknown, string | undefined, string>;
    by_actor: string | null;
  };
  "promotions.offer": {
    tenant_id: Fenced;
    id: string;
    name: string;
    definition: Json;
    state: Generated<string>;
    priority: Generated<number>;
    created_at: Date;
    updated_at: Date;
    version: Generated<number>;
    draft: ColumnType<unknown, string | null | undefined, string | null>;
    draft_at: Date | null;
    draft_by: string | null;
  };
  "promotions.offer_version": {
    tenant_id: Fenced;
    offer_id: string;
    version: number;
    name: string;
    priority: number;
    state: string;
    definition: Json;
    rule_version: number | null;
    note: string | null;
    at: Date;
    by_actor: string;
  };
  "promotions.rule_version": {
    tenant_id: Fenced;
    version: number;
    rules: Json;
    sha256: string;
    at: Date;
    by_actor: string;
  };
  "promotions.simulation": {
    tenant_id: Fenced;
    id: string;
    input: Json;
    result: Json;
    at: Date;
    by_actor: string;
  };
  "sales.holding": {
    tenant_id: Fenced;
    record_id: string;
    pool_id: string;
    owner_id: string | null;
    since: Date;
    touched_at: Date;
    due_at: Date | null;
    extended: Generated<number>;
    warned_due_at: Date | null;
    entries: Generated<number>;
  };
  "sales.holding_entry": {
    tenant_id: Fenced;
    record_id: string;
    no: number;
    pool_id: string;
    kind: string;
    from_owner: string | null;
    to_owner: string | null;
    reason: string | null;
    at: Date;
    actor: string;
  };
  "sales.pool": {
    tenant_id: Fenced;
    id: string;
    object_id: string;
    name: string;
    name_en: Generated<string>;
    capacity: number | null;
    claims_per_day: number | null;
    idle_days: number | null;
    win_days: number | null;
    won_stages: Generated<string[]>;
    cool_down_days: Generated<number>;
    extensions: Generated<number>;
    extension_days: Generated<number>;
    is_default: Generated<boolean>;
    archived_at: Date | null;
    created_at: Date;
    created_by: string;
    updated_at: Date;
  };
  "sales.seat": {
    tenant_id: Fenced;
    pool_id: string;
    staff_id: string;
    held: Generated<number>;
    claimed_on: string | null;
    claimed: Generated<number>;
  };
  "sales.walk": {
    tenant_id: Fenced;
    id: string;
    pool_id: string;
    purpose: string;
    to_pool_id: string | null;
    state: Generated<string>;
    cursor_id: string;
    looked: Generated<number>;
    total: Generated<number>;
    created_at: Date;
    created_by: string;
    moved_at: Date;
  };
}

/** Tables that the fence adds `tenant_id = $n` to. */
export const tenantTables: ReadonlySet<string> = new Set([
  "commerce.bill",
  "commerce.bill_share",
  "commerce.offline_code",
  "commerce.offline_exception",
  "commerce.order",
  "commerce.order_custom",
  "commerce.order_custom_term",
  "commerce.order_line",
  "commerce.product",
  "commerce.product_gram",
  "commerce.product_term",
  "commerce.quote",
  "commerce.replay",
  "commerce.return",
  "commerce.tender",
  "commerce.waiting_return",
  "customers.blocked_value",
  "customers.code_use",
  "customers.consent",
  "customers.data_copy",
  "customers.deletion",
  "customers.duplicate",
  "customers.duplicate_run",
  "customers.identity",
  "customers.identity_rules",
  "customers.match_card",
  "customers.member",
  "customers.member_address",
  "customers.member_gram",
  "customers.member_tag",
  "customers.member_term",
  "customers.merge",
  "customers.merge_part",
  "customers.message",
  "customers.phone_code",
  "customers.policy",
  "customers.session",
  "insight.liability",
  "insight.liability_count",
  "insight.store_hour",
  "insight.value_flow",
  "kernel.audit_entry",
  "kernel.event",
  "kernel.idempotency",
  "kernel.personal_key",
  "kernel.receipt",
  "ledger.account",
  "ledger.hold",
  "ledger.kin",
  "ledger.lot",
  "ledger.posting",
  "loyalty.adjustment_limit",
  "loyalty.benefit",
  "loyalty.benefit_code",
  "loyalty.benefit_grant",
  "loyalty.benefit_use",
  "loyalty.earn_rule",
  "loyalty.expiry_notice",
  "loyalty.life_stage",
  "loyalty.life_stage_change",
  "loyalty.mall_allowance",
  "loyalty.mall_item",
  "loyalty.mall_picture",
  "loyalty.points_counter",
  "loyalty.points_earning",
  "loyalty.points_freeze",
  "loyalty.points_transfer",
  "loyalty.program",
  "loyalty.redemption",
  "loyalty.standing",
  "loyalty.tier",
  "loyalty.tier_change",
  "loyalty.tier_grant",
  "objects.attachment",
  "objects.field",
  "objects.fill",
  "objects.layout",
  "objects.link",
  "objects.object",
  "objects.pack_run",
  "objects.record",
  "objects.record_term",
  "objects.saved_view",
  "objects.unique_value",
  "org.api_key",
  "org.recovery_code",
  "org.role",
  "org.session",
  "org.sign_in_try",
  "org.staff",
  "org.staff_role",
  "org.unit",
  "payments.card",
  "payments.card_product",
  "payments.card_sale",
  "payments.card_use",
  "payments.freeze",
  "payments.merchant_account",
  "payments.payment",
  "payments.prepaid_terms",
  "payments.refund",
  "payments.renewal",
  "payments.stored_card",
  "payments.top_up",
  "payments.top_up_plan",
  "payments.transfer",
  "payments.withdrawal",
  "payments.withdrawal_part",
  "platform.announcement",
  "platform.announcement_reading",
  "platform.approval_chain",
  "platform.approval_deputy",
  "platform.approval_event",
  "platform.approval_request",
  "platform.approval_seat",
  "platform.comment",
  "platform.comment_version",
  "platform.export_run",
  "platform.file",
  "platform.file_chunk",
  "platform.import_key",
  "platform.import_mapping",
  "platform.import_page",
  "platform.import_run",
  "platform.notification",
  "platform.notification_choice",
  "platform.todo",
  "platform.webhook",
  "platform.webhook_delivery",
  "promotions.coupon",
  "promotions.coupon_allowance",
  "promotions.coupon_clock",
  "promotions.coupon_gift",
  "promotions.coupon_push",
  "promotions.coupon_push_member",
  "promotions.coupon_push_page",
  "promotions.coupon_return",
  "promotions.coupon_reward",
  "promotions.coupon_rule",
  "promotions.coupon_share",
  "promotions.coupon_share_claim",
  "promotions.coupon_template",
  "promotions.coupon_template_version",
  "promotions.offer",
  "promotions.offer_version",
  "promotions.rule_version",
  "promotions.simulation",
  "sales.holding",
  "sales.holding_entry",
  "sales.pool",
  "sales.seat",
  "sales.walk",
]);
