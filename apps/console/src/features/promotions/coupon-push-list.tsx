import { App, Button, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import type { Column } from "../../design/data-table.tsx";
import { MovingTable } from "../../design/moving-table.tsx";
import { useReason } from "../../design/reason.tsx";
import { ExportButton } from "../platform/export-button.tsx";
import { type CouponPush, isMoving, progressOf, pushColours } from "./coupon-push.ts";

/** Pushes to members, or pools of codes, newest first; what moves is seen moving. */
export function CouponPushList({ kind }: { kind: "members" | "codes" }) {
  const { t } = useTranslation();
  const columns = useColumns(kind);
  return <MovingTable<CouponPush> label={t(`couponPush.${kind}`)} path="/coupon-pushes" query={{ kind }} columns={columns} isMoving={isMoving} emptyTitle={t(`couponPush.none.${kind}`)} empty={t(`couponPush.noneText.${kind}`)} />;
}

function useColumns(kind: "members" | "codes"): Column<CouponPush>[] {
  const { t } = useTranslation();
  const clock = useClock();
  const count = (value: number) => value.toLocaleString("en-US");
  return [
    { title: t("couponPush.name"), render: (push) => <><strong>{push.name}</strong><br /><span className="soft">{push.templateName}</span></> },
    { title: t("couponPush.progress"), isWide: true, render: (push) => <PushProgress push={push} /> },
    { title: t("couponPush.issued"), align: "end", render: (push) => <>{count(push.issued)}{push.refused > 0 ? <><br /><span className="soft">{t("couponPush.refused", { number: count(push.refused) })}</span></> : null}</> },
    { title: t("coupon.redeemed"), align: "end", render: (push) => count(push.redeemed) },
    { title: t("couponPush.at"), render: (push) => clock.instant(push.createdAt) },
    { title: "", render: (push) => <PushActions push={push} kind={kind} /> },
  ];
}

function PushProgress({ push }: { push: CouponPush }) {
  const { t } = useTranslation();
  const reason = push.reason === null ? "" : t(`couponPush.reason.${push.reason}`, { defaultValue: push.reason });
  return (
    <>
      <Tag color={pushColours[push.state]}>{t(`couponPush.state.${push.state}`)}</Tag>
      {isMoving(push) ? <Progress percent={progressOf(push)} size="small" status="active" aria-label={t("couponPush.progress")} /> : null}
      <span className="soft">{t("couponPush.looked", { looked: push.looked.toLocaleString("en-US"), total: push.total.toLocaleString("en-US") })}{push.revoked > 0 ? ` · ${t("couponPush.revoked", { number: push.revoked.toLocaleString("en-US") })}` : ""}{reason ? ` · ${reason}` : ""}</span>
    </>
  );
}

function PushActions({ push, kind }: { push: CouponPush; kind: "members" | "codes" }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const askReason = useReason();
  const act = useAction<{ verb: "cancel" | "revoke"; reason?: string }, CouponPush>({
    run: ({ verb, reason }) => api.post(`/coupon-pushes/${push.id}:${verb}`, reason === undefined ? {} : { reason }),
    refreshes: [["/coupon-pushes"]],
  });
  const tell = (error: unknown) => void message.error(problemSentence(t, error));
  const askRevoke = () => askReason({ title: t("couponPush.revokeTitle", { name: push.name }), text: t("couponPush.revokeText"), run: (reason) => act.mutateAsync({ verb: "revoke", reason }) });
  return (
    <span className="row">
      {kind === "codes" && push.issued > 0 ? <ExportButton kind="coupon-codes" query={{ pushId: push.id }} /> : null}
      {push.state === "running" ? <Button size="small" loading={act.isPending} onClick={() => act.mutate({ verb: "cancel" }, { onError: tell })}>{t("action.cancel")}</Button> : null}
      {push.issued > push.redeemed && push.state !== "revoking" && push.state !== "revoked" ? <Button size="small" danger onClick={askRevoke}>{t("couponPush.revoke")}</Button> : null}
    </span>
  );
}
