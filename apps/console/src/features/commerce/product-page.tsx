import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { fieldsInUse } from "../objects/object.ts";
import { ImportButton } from "../platform/import/import-button.tsx";
import { NounConditions, useCustomColumns, useNoun } from "../objects/noun-custom.tsx";
import { changesOf, startOf, ValueFields } from "../objects/value-fields.tsx";
import type { ProductRow } from "./product.ts";

export function ProductPage() {
  const { t } = useTranslation();
  const [{ q, filter, sort }] = useFilters();
  const [edited, setEdited] = useState<ProductRow | "new" | null>(null);
  const custom = useCustomColumns<ProductRow>("product");
  const columns: Column<ProductRow>[] = [
    { title: t("product.name"), isWide: true, render: (product) => product.name },
    { title: "SKU", render: (product) => <code>{product.sku}</code> },
    { title: t("product.barcode"), render: (product) => (product.barcode ? <code>{product.barcode}</code> : "—") },
    { title: t("product.category"), render: (product) => product.category ?? "—" },
    { title: t("product.price"), align: "end", render: (product) => formatFen(product.unitPriceFen) },
    ...custom,
    { title: t("earnRule.state"), render: (product) => (product.isActive ? <Tag color="success">{t("product.onSale")}</Tag> : <Tag>{t("product.offSale")}</Tag>) },
    { title: "", render: (product) => <Button size="small" onClick={() => setEdited(product)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.products")} lead={t("product.lead")} actions={<><ImportButton target="product" /><Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("product.new")}</Button></>}>
      <FilterBar filters={[{ kind: "search", name: "q", label: t("product.search"), placeholder: t("product.searchHint") }]} />
      <NounConditions noun="product" />
      <DataTable<ProductRow> label={t("menu.products")} path="/products" query={{ q, filter, sort }} columns={columns} rowKey={(product) => product.id} emptyTitle={t("product.none")} empty={t("product.noneText")} />
      <ProductForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

type Values = Pick<ProductRow, "sku" | "barcode" | "name" | "category" | "unitPriceFen" | "isActive" | "custom">;

function ProductForm({ edited, onClose }: { edited: ProductRow | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const product = edited && edited !== "new" ? edited : null;
  const object = useNoun("product");
  const fields = object ? fieldsInUse(object) : [];
  const before = product?.custom ?? {};
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, ProductRow>
      title={product ? product.name : t("product.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={{ ...(product ?? { isActive: true }), custom: startOf(fields, before) }}
      run={({ custom, ...values }) => {
        const changes = changesOf(custom, before);
        const body = { ...values, barcode: values.barcode || null, category: values.category || null, ...(Object.keys(changes).length > 0 ? { custom: changes } : {}) };
        return product ? api.patch(`/products/${product.id}`, body) : api.post("/products", body);
      }}
      refreshes={[["/products"]]}
    >
      <Form.Item name="name" label={t("product.name")} rules={required}><Input maxLength={128} /></Form.Item>
      <Form.Item name="sku" label="SKU" rules={required}><Input maxLength={64} disabled={product !== null} /></Form.Item>
      <Form.Item name="barcode" label={t("product.barcode")}><Input maxLength={32} /></Form.Item>
      <Form.Item name="category" label={t("product.category")}><Input maxLength={64} /></Form.Item>
      <Form.Item name="unitPriceFen" label={t("product.price")} rules={required}><MoneyInput /></Form.Item>
      <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item>
      {object ? <ValueFields object={object} at="custom" isNew={!product} references={product?.customReferences} /> : null}
    </FormDrawer>
  );
}
