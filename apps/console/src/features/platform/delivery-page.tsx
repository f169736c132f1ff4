import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import type { Delivery } from "./webhook.ts";

const colours = { delivered: "success", failed: "error", pending: "processing" } as const;

export function DeliveryPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const clock = useClock();
  const { webhookId } = useParams({ strict: false }) as { webhookId: string };
  const path = `/webhooks/${webhookId}/deliveries`;
  const replay = useAction<string, unknown>({
    run: (id, key) => api.post(`/webhook-deliveries/${id}:replay`, {}, key),
    refreshes: [[path]],
    onDone: () => message.success(t("webhook.replayed")),
  });
  const columns: Column<Delivery>[] = [
    { title: t("webhook.event"), render: (delivery) => <code>{delivery.event}</code> },
    { title: t("earnRule.state"), render: (delivery) => <Tag color={colours[delivery.state]}>{t(`deliveryState.${delivery.state}`)}</Tag> },
    { title: t("webhook.attempts"), align: "end", render: (delivery) => delivery.attempts },
    { title: t("webhook.response"), isWide: true, render: (delivery) => delivery.responseStatus ?? delivery.lastError ?? "—" },
    { title: t("webhook.at"), render: (delivery) => clock.instant(delivery.createdAt) },
    { title: t("webhook.next"), render: (delivery) => clock.instant(delivery.nextAttemptAt) },
    {
      title: "",
      render: (delivery) => (
        <Button size="small" loading={replay.isPending && replay.variables === delivery.id} onClick={() => replay.mutate(delivery.id, { onError: (error) => void message.error(problemSentence(t, error)) })}>
          {t("webhook.replay")}
        </Button>
      ),
    },
  ];
  return (
    <PageFrame title={t("webhook.deliveries")} lead={<Link to="/webhooks">{t("menu.webhooks")}</Link>}>
      <DataTable<Delivery> label={t("webhook.deliveries")} path={path} columns={columns} rowKey={(delivery) => delivery.id} emptyTitle={t("webhook.noDeliveries")} />
    </PageFrame>
  );
}
