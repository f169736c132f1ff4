import { useQuery } from "@tanstack/react-query";
import { App, Alert, Button, Form, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { RowTable } from "../../design/data-table.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { memberRefreshes } from "./member.ts";
import { lineName, lineValue, type Merge, type MergeLine, type UndoPreview } from "./merging.ts";

/** Whom a member was merged with, and the way back. */
export function MemberMerges({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const canMerge = useCan()("members.merge");
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const path = `/members/${memberId}/merges`;
  const merges = useQuery({ queryKey: [path], queryFn: () => api.get<{ items: Merge[] }>(path) });
  if (merges.isError) return <FailureState error={merges.error} onRetry={() => void merges.refetch()} />;
  if (!merges.data) return <LoadingState rows={3} />;
  if (merges.data.items.length === 0) return <EmptyState title={t("identity.noMerges")} />;
  return (
    <>
      <RowTable<Merge>
        label={t("identity.merges")} rows={merges.data.items} rowKey={(one) => one.id}
        columns={[
          { title: t("merge.what"), isWide: true, render: (one) => <div><div>{t("merge.into", { absorbed: nameOf(one.absorbed), survivor: nameOf(one.survivor) })}</div><div className="soft">{one.reason}</div></div> },
          { title: "", render: (one) => <span className="soft">{t("merge.by", { by: one.by, at: clock.instant(one.at) })}</span> },
          { title: "", render: (one) => (one.undoneAt ? <Tag>{t("merge.undoneAt", { at: clock.instant(one.undoneAt), reason: one.undoReason ?? "" })}</Tag> : (
            <span className="row">
              <span className="soft">{t("merge.until", { at: clock.instant(one.undoUntil) })}</span>
              {canMerge ? <Button size="small" onClick={() => setUndoing(one)}>{t("merge.undo")}</Button> : null}
            </span>
          )) },
        ]}
      />
      <Modal title={t("merge.undoTitle")} open={undoing !== null} onCancel={() => setUndoing(null)} footer={null} destroyOnHidden width={Math.min(640, window.innerWidth)}>
        {undoing ? <Undo merge={undoing} refreshes={[[path], ...memberRefreshes(memberId)]} onDone={() => setUndoing(null)} /> : null}
      </Modal>
    </>
  );
}

const nameOf = ({ name, memberNo }: Merge["survivor"]): string => (name ? `${name}（${memberNo}）` : memberNo);

function Undo({ merge, refreshes, onDone }: { merge: Merge; refreshes: readonly (readonly unknown[])[]; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const path = `/merges/${merge.id}:preview-undo`;
  const preview = useQuery({ queryKey: [path], queryFn: () => api.get<UndoPreview>(path) });
  const undoing = useAction<{ reason: string }, Merge>({
    run: (body, key) => api.post(`/merges/${merge.id}:undo`, body, key), refreshes: [...refreshes, ["members"], ["/members"]],
    onDone: () => {
      message.success(t("merge.undone"));
      onDone();
    },
  });
  if (preview.isError) return <FailureState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <LoadingState rows={4} />;
  const { lines, blockers } = preview.data;
  return (
    <div className="stack">
      <p>{t("merge.undoText")}</p>
      {blockers.length > 0 ? <Alert type="warning" showIcon title={t("merge.undoBlocked")} description={<ul className="problem-list">{blockers.map((one) => <li key={one}>{t(`merge.blockers.${one}`, { defaultValue: one })}</li>)}</ul>} /> : null}
      {lines.length === 0 ? <p className="soft">{t("merge.nothing")}</p> : (
        <RowTable<MergeLine>
          label={t("merge.undoTitle")} rows={lines} rowKey={(line) => line.what}
          columns={[
            { title: t("merge.what"), isWide: true, render: (line) => lineName(t, line) },
            { title: t("merge.left", { name: nameOf(merge.survivor) }), align: "end", render: (line) => lineValue(line, line.after) },
            { title: t("merge.back", { name: nameOf(merge.absorbed) }), align: "end", render: (line) => lineValue(line, line.absorbed) },
          ]}
        />
      )}
      <Form layout="vertical" requiredMark={false} onFinish={(values: { reason: string }) => undoing.mutate(values)}>
        <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input autoFocus maxLength={200} /></Form.Item>
        <ProblemAlert error={undoing.error} />
        <Button type="primary" danger htmlType="submit" loading={undoing.isPending} disabled={blockers.length > 0}>{t("merge.undo")}</Button>
      </Form>
    </div>
  );
}
