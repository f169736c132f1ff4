import { useQuery } from "@tanstack/react-query";
import { Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { searchProducts } from "../../commerce/till/lookup.ts";
import { resolveProducts, useProducts } from "./rule-names.ts";

export const skusMax = 10_000;
/** Tags beyond these would fill the screen; the rest is a number. */
const shownMax = 20;

interface Props {
  id?: string;
  "aria-describedby"?: string;
  status?: "error";
  value: readonly string[] | null | undefined;
  onChange: (skus: string[] | null) => void;
  /** One product only. */
  isSingle?: boolean;
}

/** Products by name, SKU or barcode, or thousands of SKUs pasted from a spreadsheet. */
export function SkuInput({ value, onChange, isSingle = false, ...control }: Props) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [isPasting, setPasting] = useState(false);
  const skus = value ?? [];
  const products = useProducts(skus.slice(0, shownMax));
  const found = useQuery({ queryKey: ["/products", "find", q], queryFn: ({ signal }) => searchProducts(q, signal), enabled: q.trim() !== "" });
  const label = (sku: string, name?: string) => (name ? `${name} ${sku}` : sku);
  const options = (found.data?.items ?? []).map((one) => ({ value: one.sku, label: label(one.sku, one.name) }));
  const chosen = skus.slice(0, shownMax).filter((sku) => !options.some((one) => one.value === sku)).map((sku) => ({ value: sku, label: label(sku, products.get(sku)?.name) }));
  const rest = skus.slice(shownMax);
  const search = { filterOption: false, onSearch: setQ } as const;
  return (
    <div className="rule-skus">
      {isSingle ? (
        <Select<string> {...control} className="rule-wide" allowClear placeholder={t("rule.findProduct")} showSearch={search} {...(skus[0] !== undefined && { value: skus[0] })} onChange={(sku?: string) => onChange(sku ? [sku] : null)} notFoundContent={q ? t("rule.noProduct") : null} options={[...options, ...chosen]} />
      ) : (
        <Select<string[]>
          {...control}
          className="rule-wide"
          mode="multiple"
          allowClear
          placeholder={t("rule.findProduct")}
          showSearch={search}
          value={skus.slice(0, shownMax)}
          onChange={(next) => onChange(next.length + rest.length > 0 ? [...next, ...(next.length === 0 && skus.length > shownMax ? [] : rest)] : null)}
          notFoundContent={q ? t("rule.noProduct") : null}
          options={[...options, ...chosen]}
        />
      )}
      {isSingle ? null : (
        <span className="rule-inline">
          <Button size="small" onClick={() => setPasting(true)}>{t("rule.paste")}</Button>
          {skus.length > 0 ? <span className="rule-soft">{t("rule.skuCount", { number: skus.length.toLocaleString("en-US") })}</span> : null}
        </span>
      )}
      {isPasting ? <PasteBox skus={skus} onClose={() => setPasting(false)} onChange={onChange} /> : null}
    </div>
  );
}

export const skusIn = (text: string): string[] => [...new Set(text.split(/[\s,;，；、]+/).filter(Boolean))];

function PasteBox({ skus, onClose, onChange }: { skus: readonly string[]; onClose: () => void; onChange: (skus: string[] | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(skus.join("\n"));
  const [unknown, setUnknown] = useState<string[] | null>(null);
  const [isChecking, setChecking] = useState(false);
  const given = skusIn(text);
  const isTooMany = given.length > skusMax;
  const take = (chosen: string[]) => {
    onChange(chosen.length > 0 ? chosen : null);
    onClose();
  };
  const check = async () => {
    setChecking(true);
    try {
      const known = new Set((await resolveProducts(given)).map((one) => one.sku));
      const strangers = given.filter((sku) => !known.has(sku));
      if (strangers.length > 0) setUnknown(strangers);
      else take(given);
    } finally {
      setChecking(false);
    }
  };
  return (
    <Modal
      open
      title={t("rule.pasteTitle")}
      onCancel={onClose}
      footer={[
        unknown ? <Button key="keep" onClick={() => take(given)}>{t("rule.keepUnknown")}</Button> : null,
        unknown ? <Button key="drop" type="primary" onClick={() => take(given.filter((sku) => !unknown.includes(sku)))}>{t("rule.dropUnknown", { count: unknown.length })}</Button> : null,
        unknown ? null : <Button key="take" type="primary" loading={isChecking} disabled={isTooMany} onClick={() => void check()}>{t("rule.takeSkus", { number: given.length.toLocaleString("en-US") })}</Button>,
      ]}
    >
      <p className="rule-help">{t("rule.pasteHelp")}</p>
      <Input.TextArea
        aria-label={t("rule.pasteTitle")}
        autoFocus
        rows={10}
        value={text}
        status={isTooMany ? "error" : ""}
        onChange={(event) => {
          setText(event.target.value);
          setUnknown(null);
        }}
      />
      {isTooMany ? <p className="rule-wrong" role="alert">{t("rule.tooManySkus", { number: given.length.toLocaleString("en-US") })}</p> : null}
      {unknown ? <p className="rule-wrong" role="alert">{t("rule.unknownSkus", { count: unknown.length, names: unknown.slice(0, 10).join(t("rule.listComma")) })}</p> : null}
    </Modal>
  );
}
