import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { dayOf } from "../../design/clock.ts";
import { DayInput } from "../../design/day-input.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { Panel } from "../../design/page-frame.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import { useSession, useTimeZone } from "../../shell/session.ts";
import type { Order } from "../commerce/order.ts";
import { searchMembers, searchProducts } from "../commerce/till/lookup.ts";
import type { Member, MemberRow } from "../customers/member.ts";
import { tiersQuery } from "../loyalty/tier.ts";
import { channels } from "./coupon-template.ts";
import { useOfferOptions } from "./offer.ts";
import { ClockInput, ManyChoice } from "./rule-editor/choice.tsx";
import { RuleField } from "./rule-editor/rule-field.tsx";
import { instantOf, timeOf } from "./shop-time.ts";
import { type SimulatedLine, type Simulation, withProduct } from "./simulation.ts";

interface Part {
  value: Simulation;
  onChange: (next: Simulation) => void;
}

/** What is bought, by whom, where, when, and which draft is tried beside the rules in force. */
export function SimulatorForm({ value, onChange, orderId }: Part & { orderId: string | null }) {
  const { t } = useTranslation();
  return (
    <div className="simulator-in">
      <Panel title={t("simulator.cart")} extra={<PastOrder value={value} onChange={onChange} orderId={orderId} />}>
        <ProductFinder onFound={(lines) => onChange({ ...value, lines })} lines={value.lines} />
        <CartLines lines={value.lines} onChange={(lines) => onChange({ ...value, lines })} />
      </Panel>
      <Panel title={t("simulator.who")}><Who value={value} onChange={onChange} /></Panel>
      <Panel title={t("simulator.where")}><Where value={value} onChange={onChange} /></Panel>
      <Panel title={t("simulator.draft")}><DraftChoice value={value} onChange={onChange} /></Panel>
    </div>
  );
}

function ProductFinder({ lines, onFound }: { lines: SimulatedLine[]; onFound: (lines: SimulatedLine[]) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const found = useQuery({ queryKey: ["/products", "find", q], queryFn: ({ signal }) => searchProducts(q, signal), enabled: q.trim() !== "" });
  const items = found.data?.items ?? [];
  return (
    <Select<string>
      className="rule-wide"
      aria-label={t("simulator.addProduct")}
      placeholder={t("rule.findProduct")}
      value={null as unknown as string}
      showSearch={{ filterOption: false, onSearch: setQ }}
      notFoundContent={q ? t("rule.noProduct") : null}
      options={items.map((one) => ({ value: one.sku, label: `${one.name} ${one.sku}` }))}
      onChange={(sku) => {
        const product = items.find((one) => one.sku === sku);
        if (product) onFound(withProduct(lines, product));
        setQ("");
      }}
    />
  );
}

function CartLines({ lines, onChange }: { lines: SimulatedLine[]; onChange: (lines: SimulatedLine[]) => void }) {
  const { t } = useTranslation();
  const set = (lineId: string, change: Partial<SimulatedLine>) => onChange(lines.map((line) => (line.lineId === lineId ? { ...line, ...change } : line)));
  return (
    <ul className="simulator-lines">
      {lines.map((line) => (
        <li key={line.lineId}>
          <span className="simulator-name">{line.name}<small>{line.category ?? line.sku}</small></span>
          <InputNumber aria-label={t("simulator.quantityOf", { name: line.name })} min={1} max={10_000} precision={0} value={line.quantity} onChange={(quantity) => set(line.lineId, { quantity: quantity ?? 1 })} />
          <MoneyInput aria-label={t("simulator.priceOf", { name: line.name })} value={line.unitPriceFen} onChange={(unitPriceFen) => unitPriceFen !== null && set(line.lineId, { unitPriceFen })} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("rule.removeRow", { name: line.name })} onClick={() => onChange(lines.filter((one) => one.lineId !== line.lineId))} />
        </li>
      ))}
    </ul>
  );
}

/** A real order as it was bought; with the rules of its day, or of today. */
function PastOrder({ value, onChange, orderId }: Part & { orderId: string | null }) {
  const { t } = useTranslation();
  const [id, setId] = useState(orderId ?? "");
  const load = useAction<string, { order: Order & { ruleVersion?: number }; member: Member | null }>({
    run: async (wanted) => {
      const order = await api.get<Order & { ruleVersion?: number }>(`/orders/${encodeURIComponent(wanted)}`);
      return { order, member: order.memberId ? await api.get<Member>(`/members/${order.memberId}`).catch(() => null) : null };
    },
    onDone: ({ order, member }) =>
      onChange({
        ...value, storeId: order.storeId, channel: order.channel, at: order.paidAt, ruleVersion: order.ruleVersion ?? null,
        lines: order.lines.map(({ lineId, sku, name, category, quantity, unitPriceFen }) => ({ lineId, sku, name, category: category ?? null, quantity, unitPriceFen })),
        member: order.memberId ? { id: order.memberId, name: member?.name ?? order.memberName ?? "", tierId: member?.tier?.id ?? null, firstOrder: member?.facts.firstOrderAt === order.paidAt } : null,
      }),
  });
  const { mutate } = load;
  useEffect(() => {
    if (orderId) mutate(orderId);
  }, [orderId, mutate]);
  return (
    <span className="rule-inline">
      <Input className="simulator-order" aria-label={t("simulator.pastOrder")} placeholder={t("simulator.pastOrder")} value={id} onChange={(event) => setId(event.target.value.trim())} onPressEnter={() => id && load.mutate(id)} />
      <Button size="small" disabled={id === ""} loading={load.isPending} onClick={() => load.mutate(id)}>{t("simulator.load")}</Button>
      <ProblemAlert error={load.error} />
    </span>
  );
}

function Who({ value, onChange }: Part) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const found = useQuery({ queryKey: ["/members", "find", q], queryFn: ({ signal }) => searchMembers(q, signal), enabled: q.trim() !== "" });
  const rows: MemberRow[] = found.data?.items ?? [];
  const { member } = value;
  const named = useQuery({ queryKey: ["/members", "name", member?.id], queryFn: () => api.get<Member>(`/members/${member?.id}`), enabled: Boolean(member?.id) && member?.name === "" });
  const choose = (row: MemberRow | undefined) => onChange({ ...value, member: row ? { id: row.id, name: row.name ?? row.memberNo, tierId: row.tier?.id ?? null, firstOrder: row.lastOrderAt === null } : null });
  const label = (row: MemberRow) => `${row.name ?? t("member.nameless")} ${row.phoneMasked ?? row.memberNo}`;
  const chosen = member?.id && !rows.some((row) => row.id === member.id) ? [{ value: member.id, label: member.name || (named.data?.name ?? member.id) }] : [];
  return (
    <div className="rule-grid">
      <RuleField label={t("simulator.member")} help={t("simulator.memberHelp")}>
        {({ id }) => <Select<string> id={id} className="rule-wide" allowClear placeholder={t("member.searchHint")} showSearch={{ filterOption: false, onSearch: setQ }} notFoundContent={null} {...(member?.id && { value: member.id })} options={[...rows.map((row) => ({ value: row.id, label: label(row) })), ...chosen]} onChange={(id?: string) => choose(rows.find((row) => row.id === id))} />}
      </RuleField>
      <RuleField label={t("member.tier")}>
        {({ id }) => <Select<string> id={id} className="rule-wide" value={member === null ? "guest" : (member.tierId ?? "none")} onChange={(tier) => onChange({ ...value, member: tier === "guest" ? null : { id: member?.id ?? null, name: member?.name ?? "", firstOrder: member?.firstOrder ?? false, tierId: tier === "none" ? null : tier } })} options={[{ value: "guest", label: t("order.guest") }, { value: "none", label: t("simulator.noTier") }, ...tiers.map((tier) => ({ value: tier.id, label: tier.name }))]} />}
      </RuleField>
      {member ? <RuleField label={t("rule.firstOrder")}>{({ id }) => <Checkbox id={id} checked={member.firstOrder} onChange={(event) => onChange({ ...value, member: { ...member, firstOrder: event.target.checked } })}>{t("simulator.firstOrder")}</Checkbox>}</RuleField> : null}
    </div>
  );
}

function Where({ value, onChange }: Part) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const zone = useTimeZone();
  const at = value.at ? new Date(value.at) : null;
  const day = at ? dayOf(at, zone) : null;
  const clock = at ? timeOf(at, zone) : "";
  return (
    <div className="rule-grid">
      <RuleField label={t("shell.store")}>{({ id }) => <Select<string> id={id} className="rule-wide" value={value.storeId} onChange={(storeId) => onChange({ ...value, storeId })} options={stores.map((store) => ({ value: store.id, label: store.name }))} />}</RuleField>
      <RuleField label={t("order.channel")}>{({ id }) => <Select<string> id={id} className="rule-wide" value={value.channel} onChange={(channel) => onChange({ ...value, channel })} options={channels.map((one) => ({ value: one as string, label: t(`channel.${one}`) }))} />}</RuleField>
      <RuleField label={t("simulator.day")} help={t("simulator.nowHelp")}>{({ id }) => <DayInput id={id} value={day} onChange={(next) => onChange({ ...value, at: next ? instantOf(next, clock || "12:00", zone).toISOString() : null })} />}</RuleField>
      <RuleField label={t("simulator.time")}>{({ id }) => <ClockInput id={id} value={clock} onChange={(next) => onChange({ ...value, at: instantOf(day ?? dayOf(new Date(), zone), next, zone).toISOString() })} />}</RuleField>
      <RuleField label={t("simulator.delivery")}>{({ id }) => <MoneyInput id={id} value={value.deliveryFen || null} onChange={(fen) => onChange({ ...value, deliveryFen: fen ?? 0 })} />}</RuleField>
      <RuleField label={t("rule.codes")}>{({ id }) => <ManyChoice id={id} isOpen value={value.codes} onChange={(codes) => onChange({ ...value, codes: codes ?? [] })} options={[]} placeholder={t("rule.codesHint")} />}</RuleField>
      {value.ruleVersion === null ? null : <RuleField label={t("simulator.rules")}>{({ id }) => <Checkbox id={id} checked onChange={() => onChange({ ...value, ruleVersion: null })}>{t("simulator.rulesOf", { version: value.ruleVersion })}</Checkbox>}</RuleField>}
    </div>
  );
}

function DraftChoice({ value, onChange }: Part) {
  const { t } = useTranslation();
  const options = useOfferOptions();
  return (
    <RuleField label={t("simulator.draftOffer")} help={t("simulator.draftHelp")}>
      {({ id }) => <Select<string> id={id} className="rule-wide" allowClear placeholder={t("simulator.noDraft")} showSearch={{ optionFilterProp: "label" }} {...(value.offerId && { value: value.offerId })} onChange={(offerId?: string) => onChange({ ...value, offerId: offerId ?? null })} options={options} />}
    </RuleField>
  );
}
