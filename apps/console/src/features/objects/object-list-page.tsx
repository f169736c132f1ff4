import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Form, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { FailureState } from "../../design/state.tsx";
import { type CustomObject, fieldsInUse, objectsKey, objectsQuery, useLabel } from "./object.ts";

export function ObjectListPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  const objects = useQuery(objectsQuery);
  if (objects.isError) return <FailureState error={objects.error} onRetry={() => void objects.refetch()} />;
  const columns: Column<CustomObject>[] = [
    { title: t("model.object"), isWide: true, render: (object) => <Link to="/objects/$objectKey" params={{ objectKey: object.key }}>{label(object)}</Link> },
    { title: t("model.key"), render: (object) => <code>{object.key}</code> },
    { title: t("model.fields"), align: "end", render: (object) => fieldsInUse(object).length },
    { title: t("earnRule.state"), render: (object) => (object.isArchived ? <Tag>{t("model.archived")}</Tag> : object.isBuiltIn ? <Tag color="blue">{t("model.builtIn")}</Tag> : <Tag color="success">{t("state.on")}</Tag>) },
  ];
  return (
    <PageFrame title={t("menu.objects")} lead={t("model.objectsLead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t("model.newObject")}</Button>}>
      <div className="panel table-panel"><RowTable<CustomObject> label={t("menu.objects")} columns={columns} rows={objects.data?.items} rowKey={(object) => object.key} /></div>
      <FormDrawer<{ key: string; name: string; nameEn?: string }, CustomObject>
        title={t("model.newObject")} isOpen={isAdding} onClose={() => setAdding(false)} initial={{}} refreshes={[objectsKey]} run={(values) => api.post("/objects", values)}
        onDone={(object) => void navigate({ to: "/objects/$objectKey", params: { objectKey: object.key } })}
      >
        <Form.Item name="name" label={t("model.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={60} autoFocus /></Form.Item>
        <Form.Item name="nameEn" label={t("model.nameEn")}><Input maxLength={60} /></Form.Item>
        <KeyField />
      </FormDrawer>
    </PageFrame>
  );
}

/** The name by which interfaces call it. */
export function KeyField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="key" label={t("model.key")} extra={t("model.keyHint")} rules={[{ required: true, message: t("form.required") }, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("model.keyWrong") }]}>
      <Input maxLength={40} autoComplete="off" spellCheck={false} />
    </Form.Item>
  );
}
