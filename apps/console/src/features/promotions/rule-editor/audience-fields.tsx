import type { Scope } from "@shuke/offers";
import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../../../shell/session.ts";
import { tiersQuery } from "../../loyalty/tier.ts";
import { channels } from "../coupon-template.ts";
import { ManyChoice } from "./choice.tsx";
import type { RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";

/** Where and for whom: stores, channels, tiers, segments, first order. Nothing means anywhere, anyone. */
export function AudienceFields({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const scope: Scope = value.scope ?? {};
  const set = (change: Scope) => onChange({ ...value, scope: { ...scope, ...change } });
  return (
    <div className="rule-grid">
      <RuleField label={t("shell.stores")} field="scope.stores">{(control) => <ManyChoice {...control} value={scope.stores} onChange={(chosen) => set({ stores: chosen })} options={stores.map((store) => ({ value: store.id, label: store.name }))} />}</RuleField>
      <RuleField label={t("order.channel")} field="scope.channels">{(control) => <ManyChoice {...control} value={scope.channels} onChange={(chosen) => set({ channels: chosen })} options={channels.map((one) => ({ value: one as string, label: t(`channel.${one}`) }))} />}</RuleField>
      <RuleField label={t("member.tier")} field="scope.tiers">{(control) => <ManyChoice {...control} value={scope.tiers} onChange={(chosen) => set({ tiers: chosen })} options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} />}</RuleField>
      <RuleField label={t("rule.segments")} field="scope.segments" help={scope.segments?.length ? t("rule.segmentsHelp") : undefined}>{(control) => <ManyChoice {...control} isOpen value={scope.segments} onChange={(chosen) => set({ segments: chosen })} options={[]} />}</RuleField>
      <RuleField label={t("rule.firstOrder")} field="scope.firstOrder">{({ id }) => <Checkbox id={id} checked={scope.firstOrder ?? false} onChange={(event) => set({ firstOrder: event.target.checked || null })}>{t("rule.firstOrderOnly")}</Checkbox>}</RuleField>
    </div>
  );
}
