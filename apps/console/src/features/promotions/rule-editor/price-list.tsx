import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../design/money-input.tsx";
import { formatFen, parseYuan, yuanText } from "../../../design/money.ts";
import { RowList } from "./row-list.tsx";
import { RuleField } from "./rule-field.tsx";
import { useProducts } from "./rule-names.ts";
import { SkuInput, skusMax } from "./sku-input.tsx";

interface Price {
  sku: string;
  priceFen: number;
}

interface Props {
  value: readonly Price[] | null | undefined;
  onChange: (prices: Price[]) => void;
}

/** Rows beyond these are edited as text. */
const rowsMax = 30;

/** 会员价: a price for each product; long lists are pasted, SKU and price on a line. */
export function PriceList({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [isPasting, setPasting] = useState(false);
  const prices = value ?? [];
  const products = useProducts(prices.slice(0, rowsMax).map((one) => one.sku));
  return (
    <RuleField label={t("rule.prices")} field="prices" isExact isGroup help={prices.length > rowsMax ? t("rule.priceCount", { number: prices.length.toLocaleString("en-US") }) : undefined}>
      {() => (
        <>
          {prices.length > rowsMax ? null : (
            <RowList value={prices.length > 0 ? prices : [{ sku: "", priceFen: 0 }]} onChange={onChange} fresh={{ sku: "", priceFen: 0 }} addLabel={t("rule.addPrice")} max={rowsMax} rowLabel={(at) => t("rule.priceRow", { no: at + 1 })}>
              {(price, at, set) => (
                <>
                  <RuleField label={t("rule.product")} field={`prices.${at}.sku`}>{(control) => <SkuInput {...control} isSingle value={price.sku ? [price.sku] : null} onChange={(skus) => set({ ...price, sku: skus?.[0] ?? "" })} />}</RuleField>
                  <RuleField label={t("rule.price")} field={`prices.${at}.priceFen`} help={products.get(price.sku) ? t("rule.listPrice", { amount: formatFen(products.get(price.sku)?.unitPriceFen ?? 0) }) : undefined}>
                    {(control) => <MoneyInput {...control} value={price.priceFen} onChange={(priceFen) => set({ ...price, priceFen: priceFen ?? 0 })} />}
                  </RuleField>
                </>
              )}
            </RowList>
          )}
          <Button size="small" onClick={() => setPasting(true)}>{t("rule.pastePrices")}</Button>
          {isPasting ? <PriceBox prices={prices} onClose={() => setPasting(false)} onChange={onChange} /> : null}
        </>
      )}
    </RuleField>
  );
}

/** Lines that could not be read, by number. */
export function pricesIn(text: string): { prices: Price[]; wrong: number[] } {
  const prices: Price[] = [];
  const wrong: number[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [sku, yuan, ...more] = line.trim().split(/[\s,，;]+/);
    const priceFen = yuan === undefined ? null : parseYuan(yuan);
    if (!sku || priceFen === null || priceFen < 0 || more.length > 0) wrong.push(at + 1);
    else prices.push({ sku, priceFen });
  }
  return { prices, wrong };
}

function PriceBox({ prices, onClose, onChange }: { prices: readonly Price[]; onClose: () => void; onChange: (prices: Price[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(prices.map((one) => `${one.sku} ${yuanText(one.priceFen)}`).join("\n"));
  const read = pricesIn(text);
  const isTooMany = read.prices.length > skusMax;
  const take = () => {
    onChange(read.prices);
    onClose();
  };
  return (
    <Modal open title={t("rule.pastePrices")} onCancel={onClose} onOk={take} okText={t("rule.takePrices", { number: read.prices.length.toLocaleString("en-US") })} okButtonProps={{ disabled: read.wrong.length > 0 || isTooMany }}>
      <p className="rule-help">{t("rule.pastePricesHelp")}</p>
      <Input.TextArea aria-label={t("rule.pastePrices")} autoFocus rows={10} value={text} onChange={(event) => setText(event.target.value)} status={read.wrong.length > 0 || isTooMany ? "error" : ""} />
      {read.wrong.length > 0 ? <p className="rule-wrong" role="alert">{t("rule.wrongLines", { lines: read.wrong.slice(0, 10).join(t("rule.listComma")) })}</p> : null}
      {isTooMany ? <p className="rule-wrong" role="alert">{t("rule.tooManySkus", { number: read.prices.length.toLocaleString("en-US") })}</p> : null}
    </Modal>
  );
}
