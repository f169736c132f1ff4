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
import type { Product } from "./product.ts";

export function ProductPage() {
  const { t } = useTranslation();
  const [{ q }] = useFilters();
  const [edited, setEdited] = useState<Product | "new" | null>(null);
  const columns: Column<Product>[] = [
    { title: t("product.name"), isWide: true, render: (product) => product.name },
    { title: "SKU", render: (product) => <code>{product.sku}</code> },
    { title: t("product.barcode"), render: (product) => (product.barcode ? <code>{product.barcode}</code> : "—") },
    { title: t("product.category"), render: (product) => product.category ?? "—" },
    { title: t("product.price"), align: "end", render: (product) => formatFen(product.unitPriceFen) },
    { title: t("earnRule.state"), render: (product) => (product.isActive ? <Tag color="success">{t("product.onSale")}</Tag> : <Tag>{t("product.offSale")}</Tag>) },
    { title: "", render: (product) => <Button size="small" onClick={() => setEdited(product)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.products")} lead={t("product.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("product.new")}</Button>}>
      <FilterBar filters={[{ kind: "search", name: "q", label: t("product.search"), placeholder: t("product.searchHint") }]} />
      <DataTable<Product> label={t("menu.products")} path="/products" query={{ q }} columns={columns} rowKey={(product) => product.id} emptyTitle={t("product.none")} empty={t("product.noneText")} />
      <ProductForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

type Values = Omit<Product, "id">;

function ProductForm({ edited, onClose }: { edited: Product | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const product = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, Product>
      title={product ? product.name : t("product.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={product ?? { isActive: true }}
      run={(values) => {
        const body = { ...values, barcode: values.barcode || null, category: values.category || null };
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
    </FormDrawer>
  );
}
