import type { ConsoleSchemas } from "@shuke/api";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { useReason } from "../../design/reason.tsx";
import { useCan } from "../../shell/session.ts";
import { type Member, memberRefreshes } from "../customers/member.ts";

type Freeze = ConsoleSchemas["PointsFreeze"];
type Grant = ConsoleSchemas["TierGrant"];
type Month = ConsoleSchemas["PointsMonth"];

/** Frozen points and tiers given by hand: what somebody decided about a member, and may take back. */
export function HeldValue({ member }: { member: Member }) {
  return <div className="stack"><FreezeList memberId={member.id} /><GrantList member={member} /></div>;
}

function FreezeList({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const askReason = useReason();
  const { message } = App.useApp();
  const path = `/members/${memberId}/points-freezes`;
  const release = useAction<{ id: string; reason: string }, unknown>({
    run: ({ id, reason }, key) => api.post(`${path}/${id}:release`, { reason }, key), refreshes: [...memberRefreshes(memberId), [path]], onDone: () => message.success(t("state.saved")),
  });
  const columns: Column<Freeze>[] = [
    { title: t("entry.at"), render: (one) => clock.instant(one.at) },
    { title: t("held.frozen"), align: "end", render: (one) => one.points.toLocaleString("en-US") },
    { title: t("entry.reason"), isWide: true, render: (one) => [one.reason, one.releaseReason].filter(Boolean).join(" → ") },
    { title: t("held.state"), render: (one) => (one.releasedAt ? <Tag>{t("held.released", { on: clock.day(one.releasedAt) })}</Tag> : <Tag color="warning">{t("held.isFrozen")}</Tag>) },
    { title: "", render: (one) => (one.releasedAt || !can("points.adjust") ? null : <Button size="small" onClick={() => askReason({ title: t("held.releaseTitle", { points: one.points }), run: (reason) => release.mutateAsync({ id: one.id, reason }) })}>{t("held.release")}</Button>) },
  ];
  return <DataTable label={t("held.freezes")} path={path} columns={columns} rowKey={(one) => one.id} emptyTitle={t("held.noFreezes")} />;
}

function GrantList({ member }: { member: Member }) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const askReason = useReason();
  const { message } = App.useApp();
  const path = `/members/${member.id}/tier-grants`;
  const revoke = useAction<string, unknown>({
    run: (reason) => api.post(`/members/${member.id}/tier:revoke`, { reason }), refreshes: [...memberRefreshes(member.id), [path]], onDone: () => message.success(t("state.saved")),
  });
  const columns: Column<Grant>[] = [
    { title: t("entry.at"), render: (one) => clock.instant(one.at) },
    { title: t("member.tier"), render: (one) => one.tierName },
    { title: t("held.until"), render: (one) => clock.day(one.until) },
    { title: t("entry.reason"), isWide: true, render: (one) => one.reason },
    { title: t("held.by"), render: (one) => one.by },
    { title: "", render: (one) => (one.endedAt || !member.tier?.isGranted || !can("loyalty.manage") ? null : <Button size="small" danger onClick={() => askReason({ title: t("held.revokeTitle"), run: (reason) => revoke.mutateAsync(reason) })}>{t("held.revoke")}</Button>) },
  ];
  return <DataTable label={t("held.grants")} path={path} columns={columns} rowKey={(one) => one.id} emptyTitle={t("held.noGrants")} />;
}

/** Month by month: with how much it began, what came and went, with how much it ended. */
export function PointsMonths({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const figure = (value: number) => <span className={value > 0 ? "good" : value < 0 ? "bad" : ""}>{value > 0 ? "+" : ""}{value.toLocaleString("en-US").replace("-", "−")}</span>;
  const columns: Column<Month>[] = [
    { title: t("held.month"), render: (one) => one.month },
    { title: t("held.opening"), align: "end", render: (one) => one.opening.toLocaleString("en-US") },
    { title: t("held.earned"), align: "end", render: (one) => figure(one.earned) },
    { title: t("held.spent"), align: "end", render: (one) => figure(one.spent) },
    { title: t("held.redeemed"), align: "end", render: (one) => figure(one.redeemed) },
    { title: t("held.expired"), align: "end", render: (one) => figure(one.expired) },
    { title: t("held.other"), align: "end", render: (one) => figure(one.other) },
    { title: t("held.closing"), align: "end", render: (one) => one.closing.toLocaleString("en-US") },
  ];
  return <DataTable label={t("held.months")} path={`/members/${memberId}/points-months`} columns={columns} rowKey={(one) => one.month} emptyTitle={t("member.noPoints")} />;
}
