import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Form, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { useSecretNotice } from "../../design/secret-notice.tsx";

interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  lastFour: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

const keyScopes = ["members:read", "members:write", "orders:write", "orders:read", "discounts:write", "products:write", "points:write", "coupons:write"] as const;

export function ApiKeyPage() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const clock = useClock();
  const [isOpen, setOpen] = useState(false);
  const revoke = useAction<string, unknown>({ run: (id) => api.post(`/api-keys/${id}:revoke`), refreshes: [["/api-keys"]], onDone: () => message.success(t("apiKey.revoked")) });
  const ask = (key: ApiKey) =>
    modal.confirm({ title: t("apiKey.revokeTitle", { name: key.name }), content: t("apiKey.revokeText"), okText: t("apiKey.revoke"), okButtonProps: { danger: true }, cancelText: t("action.cancel"), onOk: () => revoke.mutateAsync(key.id).catch((error: unknown) => void message.error(problemSentence(t, error))) });
  const columns: Column<ApiKey>[] = [
    { title: t("apiKey.name"), render: (key) => <strong>{key.name}</strong> },
    { title: t("apiKey.prefix"), render: (key) => <code>{key.prefix}…{key.lastFour}</code> },
    { title: t("apiKey.scopes"), isWide: true, render: (key) => key.scopes.map((scope) => <Tag key={scope}>{scope}</Tag>) },
    { title: t("apiKey.created"), render: (key) => clock.day(key.createdAt) },
    { title: t("apiKey.lastUsed"), render: (key) => clock.instant(key.lastUsedAt) },
    { title: t("earnRule.state"), render: (key) => (key.revokedAt ? <Tag>{t("apiKey.stateRevoked")}</Tag> : <Tag color="success">{t("apiKey.stateActive")}</Tag>) },
    { title: "", render: (key) => (key.revokedAt ? null : <Button size="small" danger onClick={() => ask(key)}>{t("apiKey.revoke")}</Button>) },
  ];
  return (
    <PageFrame title={t("menu.apiKeys")} lead={t("apiKey.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t("apiKey.new")}</Button>}>
      <DataTable<ApiKey> label={t("menu.apiKeys")} path="/api-keys" columns={columns} rowKey={(key) => key.id} emptyTitle={t("apiKey.none")} empty={t("apiKey.noneText")} />
      <KeyForm isOpen={isOpen} onClose={() => setOpen(false)} />
    </PageFrame>
  );
}

function KeyForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const showSecret = useSecretNotice();
  return (
    <FormDrawer<{ name: string; scopes: string[] }, { secret: string }>
      title={t("apiKey.new")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ scopes: [] }}
      run={(values) => api.post("/api-keys", values)}
      refreshes={[["/api-keys"]]}
      onDone={({ secret }) => showSecret(t("apiKey.once"), secret)}
    >
      <Form.Item name="name" label={t("apiKey.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={64} placeholder={t("apiKey.nameHint")} /></Form.Item>
      <Form.Item name="scopes" label={t("apiKey.scopes")} rules={[{ required: true, type: "array", min: 1, message: t("form.required") }]}>
        <Checkbox.Group className="choice-list" options={keyScopes.map((scope) => ({ value: scope, label: `${t(`apiKey.scope.${scope.replace(":", "-")}`)} (${scope})` }))} />
      </Form.Item>
    </FormDrawer>
  );
}
