import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Radio, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import type { CardProduct } from "./prepaid.ts";

/** Count cards and period cards that the brand sells. */
export function CardProductPage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<CardProduct | "new" | null>(null);
  const columns: Column<CardProduct>[] = [
    { title: t("cardProduct.name"), isWide: true, render: (one) => <>{one.name}<div className="soft">{one.serves}</div></> },
    { title: t("cardProduct.kind"), render: (one) => t(`cardProduct.kinds.${one.kind}`) },
    { title: t("cardProduct.price"), align: "end", render: (one) => formatFen(one.priceFen) },
    { title: t("cardProduct.units"), align: "end", render: (one) => t(one.kind === "count" ? "cardProduct.uses" : "cardProduct.days", { count: one.units }) },
    { title: t("cardProduct.each"), align: "end", render: (one) => formatFen(Math.round(one.priceFen / one.units)) },
    { title: t("cardProduct.benefit"), render: (one) => <>{one.benefitTag ? <Tag>{one.benefitTag}</Tag> : null}{one.renews ? <Tag color="processing">{t("cardProduct.renews")}</Tag> : null}</> },
    { title: t("earnRule.state"), render: (one) => (one.isActive ? <Tag color="success">{t("state.on")}</Tag> : <Tag>{t("state.off")}</Tag>) },
    { title: "", render: (one) => <Button size="small" onClick={() => setEdited(one)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.cardProducts")} lead={t("cardProduct.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("cardProduct.new")}</Button>}>
      <DataTable<CardProduct> label={t("menu.cardProducts")} path="/card-products" columns={columns} rowKey={(one) => one.id} emptyTitle={t("cardProduct.none")} empty={t("cardProduct.noneText")} />
      <ProductForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

type Values = Omit<CardProduct, "id" | "refunds">;

const blank: Partial<Values> = { kind: "count", isActive: true, position: 0, units: 10, listUseFen: null, validDays: null, benefitTag: null, renews: false, storeIds: [] };

function ProductForm({ edited, onClose }: { edited: CardProduct | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const product = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, CardProduct>
      title={product ? product.name : t("cardProduct.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={product ?? blank}
      run={({ kind, ...values }) => {
        const body = { ...values, benefitTag: values.benefitTag || null, listUseFen: kind === "count" ? values.listUseFen ?? null : null, validDays: kind === "count" ? values.validDays ?? null : null, renews: kind === "period" && (values.renews ?? false) };
        return product ? api.patch(`/card-products/${product.id}`, body) : api.post("/card-products", { kind, ...body });
      }}
      refreshes={[["/card-products"]]}
    >
      {(form) => (
        <>
          <Form.Item name="kind" label={t("cardProduct.kind")}><Radio.Group disabled={product !== null} optionType="button" options={(["count", "period"] as const).map((one) => ({ value: one, label: t(`cardProduct.kinds.${one}`) }))} /></Form.Item>
          <Form.Item name="name" label={t("cardProduct.name")} rules={required}><Input maxLength={64} /></Form.Item>
          <Form.Item name="serves" label={t("cardProduct.serves")} extra={t("cardProduct.servesHelp")} rules={required}><Input maxLength={120} /></Form.Item>
          <Form.Item name="priceFen" label={t("cardProduct.price")} rules={required}><MoneyInput /></Form.Item>
          <Form.Item noStyle shouldUpdate>{() => <KindFields kind={form.getFieldValue("kind") as Values["kind"]} price={form.getFieldValue("priceFen") as number | null} />}</Form.Item>
          <Form.Item name="benefitTag" label={t("cardProduct.benefit")} extra={t("cardProduct.benefitHelp")}><Input maxLength={30} /></Form.Item>
          <Form.Item name="position" label={t("topUpPlan.position")}><InputNumber min={0} max={9999} precision={0} /></Form.Item>
          <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
          <Form.Item name="storeIds" hidden><Input /></Form.Item>
          {product ? <RefundTable product={product} /> : null}
        </>
      )}
    </FormDrawer>
  );
}

function KindFields({ kind, price }: { kind: Values["kind"]; price: number | null }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("form.required") }];
  if (kind === "period") {
    return (
      <>
        <Form.Item name="units" label={t("cardProduct.length")} rules={required}><InputNumber min={1} max={10_000} precision={0} suffix={t("form.days")} /></Form.Item>
        <Form.Item name="renews" label={t("cardProduct.renews")} extra={t("cardProduct.renewsHelp")} valuePropName="checked"><Switch disabled={!price} /></Form.Item>
      </>
    );
  }
  return (
    <>
      <Form.Item name="units" label={t("cardProduct.times")} rules={required}><InputNumber min={1} max={10_000} precision={0} suffix={t("memberCard.times")} /></Form.Item>
      <Form.Item name="listUseFen" label={t("cardProduct.listUse")} extra={t("cardProduct.listUseHelp")}><MoneyInput /></Form.Item>
      <Form.Item name="validDays" label={t("cardProduct.valid")} extra={t("cardProduct.validHelp")}><InputNumber min={1} max={3650} precision={0} suffix={t("form.days")} /></Form.Item>
    </>
  );
}

/** What a guest is told before buying: what would go back later. */
function RefundTable({ product }: { product: CardProduct }) {
  const { t } = useTranslation();
  return (
    <table className="table">
      <caption>{t("cardProduct.refunds")}</caption>
      <thead><tr><th scope="col">{t("cardProduct.usedSoFar")}</th><th scope="col">{t("withdrawal.causes.consumer")}</th><th scope="col">{t("withdrawal.causes.merchant")}</th></tr></thead>
      <tbody>{product.refunds.map((one) => <tr key={one.used}><td>{one.used}</td><td className="num">{formatFen(one.consumerFen)}</td><td className="num">{formatFen(one.merchantFen)}</td></tr>)}</tbody>
    </table>
  );
}
