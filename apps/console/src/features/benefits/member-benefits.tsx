import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { useReason } from "../../design/reason.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import type { BenefitUse, Grant } from "./benefit.ts";

/** What a member has a right to, to be marked as used at the counter, and what was used, to be undone. */
export function MemberBenefits({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const use = useMark(memberId);
  const undo = useUndo(memberId);
  const grants: Column<Grant>[] = [
    { title: t("benefit.name"), isWide: true, render: (grant) => <><strong>{grant.name}</strong>{grant.description ? <div className="soft">{grant.description}</div> : null}</> },
    { title: t("benefit.kind"), render: (grant) => t(`benefit.kinds.${grant.kind}`) },
    { title: t("benefit.left"), align: "end", render: (grant) => (grant.isApplied ? t("benefit.applied") : grant.left === null ? t("form.unlimited") : `${grant.left} / ${grant.quota ?? 0}`) },
    { title: t("benefit.until"), render: (grant) => clock.lastDay(grant.validUntil) },
    { title: "", render: (grant) => (use && grant.isUsable ? <Button size="small" type="primary" onClick={() => use(grant)}>{t("benefit.use")}</Button> : null) },
  ];
  const uses: Column<BenefitUse>[] = [
    { title: t("benefit.name"), render: (one) => one.name },
    { title: t("benefit.usedAt"), render: (one) => clock.instant(one.at) },
    { title: t("benefit.gave"), isWide: true, render: (one) => (one.points ? t("mall.points", { points: one.points }) : (one.code ?? one.orderId ?? "—")) },
    { title: "", render: (one) => (one.undoneAt ? <Tag>{t("benefit.undone", { reason: one.undoReason ?? "" })}</Tag> : undo && !one.code ? <Button size="small" onClick={() => undo(one)}>{t("benefit.undo")}</Button> : null) },
  ];
  return (
    <div className="stack">
      <DataTable<Grant> label={t("benefit.mine")} path={`/members/${memberId}/benefits`} columns={grants} rowKey={(grant) => grant.id} emptyTitle={t("benefit.noneHeld")} />
      <DataTable<BenefitUse> label={t("benefit.uses")} path={`/members/${memberId}/benefit-uses`} columns={uses} rowKey={(one) => one.id} emptyTitle={t("benefit.noneUsed")} />
    </div>
  );
}

const stale = (memberId: string) => [[`/members/${memberId}/benefits`], [`/members/${memberId}/benefit-uses`], ["member", memberId]] as const;

function useMark(memberId: string) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const can = useCan();
  const { store } = useStoreChoice();
  const mark = useAction<{ grantId: string; storeId: string }, unknown>({ run: (wish, key) => api.post(`/members/${memberId}/benefits:use`, wish, key), refreshes: stale(memberId), onDone: () => message.success(t("benefit.done")) });
  if (!can("till.use")) return null;
  return (grant: Grant) => {
    if (!store) return void message.warning(t("pickup.store"));
    modal.confirm({
      title: t("benefit.useTitle", { name: grant.name }), content: t("benefit.useText", { store: store.name }), okText: t("benefit.use"), cancelText: t("action.cancel"),
      onOk: () => mark.mutateAsync({ grantId: grant.id, storeId: store.id }).catch((error: unknown) => void message.error(problemSentence(t, error))),
    });
  };
}

function useUndo(memberId: string) {
  const { t } = useTranslation();
  const can = useCan();
  const ask = useReason();
  const undo = useAction<{ useId: string; reason: string }, unknown>({ run: ({ useId, reason }, key) => api.post(`/members/${memberId}/benefit-uses/${useId}:undo`, { reason }, key), refreshes: stale(memberId) });
  if (!can("orders.refund")) return null;
  return (one: BenefitUse) => ask({ title: t("benefit.undoTitle", { name: one.name }), text: t("benefit.undoText"), run: (reason) => undo.mutateAsync({ useId: one.id, reason }) });
}
