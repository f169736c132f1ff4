import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";

interface Limit {
  roleId: string;
  roleName: string;
  maxPoints: number | null;
}

const path = "/points-limits";

/** How much each role may adjust alone; above it a second person decides. */
export function AdjustmentLimits() {
  const { t } = useTranslation();
  const limits = useQuery({ queryKey: [path], queryFn: () => api.get<Page<Limit>>(path) });
  return (
    <Panel title={t("adjustmentLimit.title")}>
      <p className="soft">{t("adjustmentLimit.lead")}</p>
      {limits.isError ? <FailureState error={limits.error} onRetry={() => void limits.refetch()} /> : limits.data ? <LimitForm limits={limits.data.items} /> : <LoadingState rows={2} />}
    </Panel>
  );
}

function LimitForm({ limits }: { limits: Limit[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useAction<Record<string, number | null>, unknown>({
    run: (values) => api.put(path, { limits: Object.entries(values).map(([roleId, maxPoints]) => ({ roleId, maxPoints: maxPoints ?? null })) }),
    refreshes: [[path]],
    onDone: () => message.success(t("state.saved")),
  });
  return (
    <Form layout="vertical" requiredMark={false} initialValues={Object.fromEntries(limits.map((one) => [one.roleId, one.maxPoints]))} onFinish={(values) => save.mutate(values as Record<string, number | null>)}>
      <div className="form-grid">
        {limits.map((one) => (
          <Form.Item key={one.roleId} name={one.roleId} label={one.roleName}><InputNumber min={0} max={1_000_000_000} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
        ))}
      </div>
      <ProblemAlert error={save.error} />
      <Button htmlType="submit" loading={save.isPending}>{t("action.save")}</Button>
    </Form>
  );
}
