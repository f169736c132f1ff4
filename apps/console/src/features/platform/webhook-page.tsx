import { PlusOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button, Form, Input, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { useSecretNotice } from "../../design/secret-notice.tsx";
import { type Webhook, webhookEvents } from "./webhook.ts";

const stateColours = { active: "success", paused: "default", broken: "error" } as const;

export function WebhookPage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Webhook | "new" | null>(null);
  const columns: Column<Webhook>[] = [
    { title: t("webhook.url"), isWide: true, render: (webhook) => <Link to="/webhooks/$webhookId" params={{ webhookId: webhook.id }}>{webhook.url}</Link> },
    { title: t("webhook.events"), isWide: true, render: (webhook) => webhook.events.map((event) => <Tag key={event}>{event}</Tag>) },
    { title: t("earnRule.state"), render: (webhook) => <Tag color={stateColours[webhook.state]}>{t(`webhookState.${webhook.state}`)}</Tag> },
    { title: "", render: (webhook) => <Button size="small" onClick={() => setEdited(webhook)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.webhooks")} lead={t("webhook.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("webhook.new")}</Button>}>
      <DataTable<Webhook> label={t("menu.webhooks")} path="/webhooks" columns={columns} rowKey={(webhook) => webhook.id} emptyTitle={t("webhook.none")} empty={t("webhook.noneText")} />
      <WebhookForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

type Values = Pick<Webhook, "url" | "events" | "isActive">;

function WebhookForm({ edited, onClose }: { edited: Webhook | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const showSecret = useSecretNotice();
  const webhook = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, Webhook>
      title={webhook ? t("webhook.edit") : t("webhook.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={webhook ?? { events: [], isActive: true }}
      run={(values) => (webhook ? api.patch(`/webhooks/${webhook.id}`, values) : api.post("/webhooks", { url: values.url, events: values.events }))}
      refreshes={[["/webhooks"]]}
      onDone={(answer) => {
        if (answer.secret) showSecret(t("webhook.secret"), answer.secret);
      }}
    >
      <Form.Item name="url" label={t("webhook.url")} rules={[{ required: true, message: t("form.required") }, { type: "url", message: t("webhook.urlWrong") }]}><Input type="url" placeholder="https://" maxLength={500} /></Form.Item>
      <Form.Item name="events" label={t("webhook.events")} rules={[{ required: true, type: "array", min: 1, message: t("form.required") }]}>
        <Select mode="multiple" options={[{ value: "*", label: t("webhook.everything") }, ...webhookEvents.map((event) => ({ value: event, label: event }))]} />
      </Form.Item>
      {webhook ? <Form.Item name="isActive" label={t("earnRule.state")} valuePropName="checked"><Switch /></Form.Item> : null}
    </FormDrawer>
  );
}
