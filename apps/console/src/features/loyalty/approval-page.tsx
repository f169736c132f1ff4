import type { ConsoleSchemas } from "@shuke/api";
import { Link } from "@tanstack/react-router";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { TabList } from "../../design/tab-list.tsx";
import { useCan } from "../../shell/session.ts";

type PointsRequest = ConsoleSchemas["PointsRequest"];

const path = "/points-requests";
const states = ["waiting", "approved", "rejected"] as const;
const colours = { waiting: "processing", approved: "success", rejected: "default" } as const;

/** Adjustments above somebody's limit, for somebody else to decide. */
export function ApprovalPage() {
  const { t } = useTranslation();
  const [{ tab = "waiting" }, setFilters] = useFilters();
  return (
    <PageFrame title={t("menu.pointsRequests")} lead={t("approval.lead")}>
      <TabList label={t("menu.pointsRequests")} active={tab} onChange={(key) => setFilters({ tab: key })} tabs={states.map((state) => ({ key: state, label: t(`approval.states.${state}`), content: <Queue state={state} /> }))} />
    </PageFrame>
  );
}

function Queue({ state }: { state: PointsRequest["state"] }) {
  const { t } = useTranslation();
  const clock = useClock();
  const columns: Column<PointsRequest>[] = [
    { title: t("entry.at"), render: (one) => clock.instant(one.askedAt) },
    { title: t("approval.member"), render: (one) => <Link to="/members/$memberId" params={{ memberId: one.memberId }}>{one.memberName || t("member.nameless")}</Link> },
    { title: t("member.points"), align: "end", render: (one) => <span className={one.points > 0 ? "good" : "bad"}>{one.points > 0 ? "+" : "−"}{Math.abs(one.points).toLocaleString("en-US")}</span> },
    { title: t("entry.reason"), isWide: true, render: (one) => one.reason },
    { title: t("approval.askedBy"), render: (one) => one.askedBy },
    { title: t("approval.decision"), render: (one) => (state === "waiting" ? <Decision request={one} /> : <><Tag color={colours[one.state]}>{t(`approval.states.${one.state}`)}</Tag><span className="soft">{[one.decidedBy, one.decisionReason].filter(Boolean).join(" · ")}</span></>) },
  ];
  return <DataTable label={t("menu.pointsRequests")} path={path} query={{ state }} columns={columns} rowKey={(one) => one.id} emptyTitle={t(`approval.none.${state}`)} />;
}

function Decision({ request }: { request: PointsRequest }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const askReason = useReason();
  const decide = useAction<{ verb: "approve" | "reject"; reason?: string }, unknown>({
    run: ({ verb, reason }) => api.post(`${path}/${request.id}:${verb}`, reason ? { reason } : {}),
    refreshes: [[path], ["members", request.memberId], ["/members"]],
    onDone: () => message.success(t("state.saved")),
  });
  if (request.isMine) return <span className="soft">{t("approval.own")}</span>;
  if (!can("points.adjust")) return null;
  return (
    <span className="row">
      <Button size="small" type="primary" loading={decide.isPending} onClick={() => decide.mutate({ verb: "approve" }, { onError: (error) => void message.error(problemSentence(t, error)) })}>{t("approval.approve")}</Button>
      <Button size="small" onClick={() => askReason({ title: t("approval.rejectTitle"), run: (reason) => decide.mutateAsync({ verb: "reject", reason }) })}>{t("approval.reject")}</Button>
    </span>
  );
}
