import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { RowTable } from "../../design/data-table.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useStoreName } from "../../shell/store-choice.ts";
import { lineName, lineValue, type Merge, type MergeLine, type MergePreview } from "./merging.ts";

export interface Pairing {
  survivor: { id: string; name: string };
  absorbed: { id: string; name: string };
  /** Of a pair in the review queue. */
  duplicateId?: string;
}

interface Props {
  pairing: Pairing | null;
  onClose: () => void;
  onDone: (merge: Merge) => void;
}

/** Two members side by side, what would become of them, and the choice of each field. */
export function MergeDialog({ pairing, onClose, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <Modal title={t("merge.title")} open={pairing !== null} onCancel={onClose} footer={null} destroyOnHidden width={Math.min(760, window.innerWidth)}>
      {pairing ? <Choice key={pairing.survivor.id} pairing={pairing} onDone={onDone} /> : null}
    </Modal>
  );
}

type Side = "survivor" | "absorbed";

function Choice({ pairing, onDone }: { pairing: Pairing; onDone: (merge: Merge) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isSwapped, setSwapped] = useState(false);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const [survivor, absorbed] = isSwapped ? [pairing.absorbed, pairing.survivor] : [pairing.survivor, pairing.absorbed];
  const path = `/members/${survivor.id}:preview-merge`;
  const preview = useQuery({ queryKey: [path, absorbed.id, choices], queryFn: () => api.post<MergePreview>(path, { otherId: absorbed.id, choices }), placeholderData: (before) => before });
  const merging = useAction<{ reason: string }, Merge>({
    run: ({ reason }, key) => (pairing.duplicateId
      ? api.post(`/duplicates/${pairing.duplicateId}:merge`, { survivorId: survivor.id, choices, reason }, key)
      : api.post(`/members/${survivor.id}:merge`, { otherId: absorbed.id, choices, reason }, key)),
    refreshes: [["/duplicates"], ["members"], ["/members"], [`/members/${survivor.id}/merges`], [`/members/${survivor.id}/identities`]],
    onDone: (merge) => {
      message.success(t("merge.done"));
      onDone(merge);
    },
  });
  if (preview.isError) return <FailureState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <LoadingState rows={8} />;
  const { blockers } = preview.data;
  // What is the same, or nothing, at both leaves nothing to look at.
  const fields = preview.data.fields.filter((field) => field.survivor !== field.absorbed);
  const lines = preview.data.lines.filter((line) => line.survivor || line.absorbed);
  return (
    <div className="stack">
      <div className="row merge-sides">
        <strong>{survivor.name || t("member.nameless")}</strong><span className="soft">{t("merge.stays")}</span>
        <Button size="small" onClick={() => { setSwapped(!isSwapped); setChoices({}); }}>{t("merge.swap")}</Button>
      </div>
      {blockers.length > 0 ? <Alert type="warning" showIcon title={t("merge.blocked")} description={<ul className="problem-list">{blockers.map((one) => <li key={one}>{t(`merge.blockers.${one}`, { defaultValue: one })}</li>)}</ul>} /> : null}
      {fields.length > 0 ? <RowTable
        label={t("merge.choose")} rows={fields} rowKey={(field) => field.field}
        columns={[
          { title: t("merge.what"), render: (field) => t(`merge.fields.${field.field}`) },
          { title: t("merge.choose"), isWide: true, render: (field) => (
            <Radio.Group value={field.winner} onChange={(event) => setChoices({ ...choices, [field.field]: event.target.value as Side })}>
              {(["survivor", "absorbed"] as const).map((side) => <Radio key={side} value={side}><FieldValue field={field.field} value={field[side]} /></Radio>)}
            </Radio.Group>
          ) },
        ]}
      /> : null}
      {lines.length > 0 ? <RowTable<MergeLine>
        label={t("merge.after")} rows={lines} rowKey={(line) => line.what}
        columns={[
          { title: t("merge.what"), isWide: true, render: (line) => lineName(t, line) },
          { title: t("merge.stays"), align: "end", render: (line) => lineValue(line, line.survivor) },
          { title: t("merge.goes"), align: "end", render: (line) => lineValue(line, line.absorbed) },
          { title: t("merge.after"), align: "end", render: (line) => <strong>{lineValue(line, line.after)}</strong> },
        ]}
      /> : null}
      <Form layout="vertical" requiredMark={false} onFinish={(values: { reason: string }) => merging.mutate(values)}>
        <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input autoFocus maxLength={200} /></Form.Item>
        <ProblemAlert error={merging.error} />
        <Button type="primary" htmlType="submit" loading={merging.isPending} disabled={blockers.length > 0}>{t("merge.confirm")}</Button>
      </Form>
    </div>
  );
}

function FieldValue({ field, value }: { field: string; value: string | null }) {
  const { t } = useTranslation();
  const storeName = useStoreName();
  if (value === null) return <span className="soft">—</span>;
  if (field === "gender") return t(`member.genders.${value}`);
  if (field === "homeStoreId") return storeName(value);
  return value;
}
