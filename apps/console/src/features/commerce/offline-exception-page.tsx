import { Link } from "@tanstack/react-router";
import { Button, Form, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { formatFen } from "../../design/money.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { useStoreChoice, useStoreName } from "../../shell/store-choice.ts";

interface OfflineException {
  id: string;
  kind: "double-use" | "price" | "refused" | "clock" | "expired";
  orderId: string;
  storeId: string;
  memberId: string | null;
  memberName: string | null;
  amountFen: number;
  /** What is known beside the amount, by kind. */
  detail: { usedFen?: number; serverFen?: number; tillFen?: number; soldAt?: string; expiredAt?: string; code?: string; reason?: string };
  at: string;
  resolvedAt: string | null;
  resolvedBy: string | null;
  resolution: string | null;
}

/** What tills left behind after they had been without network: somebody looks at each, and says what was done. */
export function OfflineExceptionPage() {
  const { t } = useTranslation();
  const [{ state }] = useFilters();
  const { store } = useStoreChoice();
  const [chosen, setChosen] = useState<OfflineException | null>(null);
  return (
    <PageFrame title={t("offline.page")} lead={t("offline.lead")}>
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("offline.state"), options: (["open", "resolved"] as const).map((one) => ({ value: one, label: t(`offline.${one}`) })) }]} />
      <DataTable<OfflineException>
        label={t("offline.page")}
        path="/offline-exceptions"
        query={{ state: state ?? "open", storeId: store?.id }}
        columns={useColumns(setChosen)}
        rowKey={(one) => one.id}
        emptyTitle={t("offline.none")}
        empty={t("offline.noneText")}
      />
      <FormDrawer<{ resolution: string }, unknown>
        title={t("offline.resolve")}
        isOpen={chosen !== null}
        onClose={() => setChosen(null)}
        initial={{}}
        submitLabel={t("offline.resolve")}
        run={({ resolution }) => api.post(`/offline-exceptions/${chosen?.id}:resolve`, { resolution })}
        refreshes={[["/offline-exceptions"]]}
      >
        <Form.Item name="resolution" label={t("offline.resolution")} rules={[{ required: true, whitespace: true }]}><Input autoFocus maxLength={200} placeholder={t("offline.resolutionHint")} /></Form.Item>
      </FormDrawer>
    </PageFrame>
  );
}

function useColumns(onResolve: (one: OfflineException) => void): Column<OfflineException>[] {
  const { t } = useTranslation();
  const clock = useClock();
  const storeName = useStoreName();
  return [
    { title: t("offline.foundAt"), render: (one) => clock.instant(one.at) },
    { title: t("offline.kind"), render: (one) => <Tag color={one.kind === "double-use" || one.kind === "refused" ? "error" : "warning"}>{t(`offline.kinds.${one.kind}`)}</Tag> },
    { title: t("order.no"), render: (one) => (one.kind === "refused" ? one.orderId : <Link to="/orders/$orderId" params={{ orderId: one.orderId }}>{one.orderId}</Link>) },
    { title: t("shell.store"), render: (one) => storeName(one.storeId) },
    { title: t("order.member"), render: (one) => (one.memberId ? <Link to="/members/$memberId" params={{ memberId: one.memberId }}>{one.memberName ?? "—"}</Link> : <span className="soft">{t("order.guest")}</span>) },
    { title: t("offline.what"), render: (one) => <WhatHappened of={one} /> },
    { title: t("offline.amount"), align: "end", render: (one) => (one.amountFen > 0 ? formatFen(one.amountFen) : "—") },
    { title: t("offline.resolution"), render: (one) => (one.resolvedAt ? one.resolution : <Button size="small" onClick={() => onResolve(one)}>{t("offline.resolve")}</Button>) },
  ];
}

/** What the settlement found, in a sentence. */
function WhatHappened({ of: { kind, detail } }: { of: OfflineException }) {
  const { t } = useTranslation();
  const clock = useClock();
  if (kind === "refused") return t(`problem.${detail.code}`, { defaultValue: detail.reason });
  return t(`offline.whats.${kind}`, {
    used: formatFen(detail.usedFen ?? 0), till: formatFen(detail.tillFen ?? 0), server: formatFen(detail.serverFen ?? 0), at: clock.instant(detail.soldAt ?? detail.expiredAt ?? null),
  });
}
