import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "./choice.tsx";
import { MaxTimes } from "./max-times.tsx";
import { RowList } from "./row-list.tsx";
import type { RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";
import { resolveProducts } from "./rule-names.ts";
import { SkuInput } from "./sku-input.tsx";

const giftsMax = 20;

/** 赠品: beyond the cart, at no charge. The name is what the receipt says. */
export function GiftList({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const nameOf = async (sku: string) => (await resolveProducts([sku]))[0]?.name ?? "";
  return (
    <>
      <RowList value={value.gifts?.length ? value.gifts : [{ sku: "", name: "", quantity: 1 }]} onChange={(gifts) => onChange({ ...value, gifts })} fresh={{ sku: "", name: "", quantity: 1 }} addLabel={t("rule.addGift")} max={giftsMax} rowLabel={(at) => t("rule.giftRow", { no: at + 1 })}>
        {(gift, at, set) => (
          <>
            <RuleField label={t("rule.product")} field={`gifts.${at}.sku`}>
              {(control) => (
                <SkuInput
                  {...control}
                  isSingle
                  value={gift.sku ? [gift.sku] : null}
                  onChange={(skus) => {
                    const sku = skus?.[0] ?? "";
                    set({ ...gift, sku });
                    if (sku) void nameOf(sku).then((name) => set({ ...gift, sku, name: name || gift.name || sku }));
                  }}
                />
              )}
            </RuleField>
            <RuleField label={t("rule.giftName")} field={`gifts.${at}.name`}>{(control) => <Input {...control} maxLength={200} value={gift.name} onChange={(event) => set({ ...gift, name: event.target.value })} />}</RuleField>
            <RuleField label={t("rule.quantity")} field={`gifts.${at}.quantity`}>{(control) => <CountInput {...control} value={gift.quantity} onChange={(quantity) => set({ ...gift, quantity: quantity ?? 1 })} />}</RuleField>
          </>
        )}
      </RowList>
      <div className="rule-grid">
        <RuleField label={t("rule.everyQuantity")} field="everyQuantity" help={t("rule.everyQuantityHelp")}>{(control) => <CountInput {...control} value={value.everyQuantity} onChange={(everyQuantity) => onChange({ ...value, everyQuantity })} placeholder={t("rule.oncePerOrder")} />}</RuleField>
        <MaxTimes value={value} onChange={onChange} />
      </div>
    </>
  );
}
