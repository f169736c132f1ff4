import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Modal, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { RowTable } from "../../design/data-table.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useStoreName } from "../../shell/store-choice.ts";
import { useNoun } from "../objects/noun-custom.tsx";
import { useLabel } from "../objects/object.ts";
import { ValueText } from "../objects/value-text.tsx";
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
  const [custom, setCustom] = useState<Record<string, Side>>({});
  const [survivor, absorbed] = isSwapped ? [pairing.absorbed, pairing.survivor] : [pairing.survivor, pairing.absorbed];
  const path = `/members/${survivor.id}:preview-merge`;
  const preview = useQuery({ queryKey: [path, absorbed.id, choices, custom], queryFn: () => api.post<MergePreview>(path, { otherId: absorbed.id, choices: { ...choices, custom } }), placeholderData: (before) => before });
  const merging = useAction<{ reason: string }, Merge>({
    run: ({ reason }, key) => (pairing.duplicateId
      ? api.post(`/duplicates/${pairing.duplicateId}:merge`, { survivorId: survivor.id, choices: { ...choices, custom }, reason }, key)
      : api.post(`/members/${survivor.id}:merge`, { otherId: absorbed.id, choices: { ...choices, custom }, reason }, key)),
    refreshes: [["/duplicates"], ["members"], ["/members"], [`/members/${survivor.id}/merges`], [`/members/${survivor.id}/identities`]],
    onDone: (merge) => {
      message.success(t("merge.done"));
      onDone(merge);
    },
  });
  if (preview.isError) return <FailureState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <LoadingState rows={8} />;
  const { blockers } = preview.data;
  const choose = (set: typeof setChoices) => (field: string, side: Side) => set((before) => ({ ...before, [field]: side }));
  const lines = preview.data.lines.filter((line) => line.survivor || line.absorbed);
  return (
    <div className="stack">
      <div className="row merge-sides">
        <strong>{survivor.name || t("member.nameless")}</strong><span className="soft">{t("merge.stays")}</span>
        <Button size="small" onClick={() => { setSwapped(!isSwapped); setChoices({}); setCustom({}); }}>{t("merge.swap")}</Button>
      </div>
      {blockers.length > 0 ? <Alert type="warning" showIcon title={t("merge.blocked")} description={<ul className="problem-list">{blockers.map((one) => <li key={one}>{t(`merge.blockers.${one}`, { defaultValue: one })}</li>)}</ul>} /> : null}
      <FieldChoices preview={preview.data} onChoose={choose(setChoices)} onChooseCustom={choose(setCustom)} />
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

interface FieldRow {
  key: string;
  name: string;
  winner: Side;
  survivor: ReactNode;
  absorbed: ReactNode;
  choose: (side: Side) => void;
}
type Choose = (field: string, side: Side) => void;

/** What is not the same at both, field by field; the tenant's own fields after those that everybody has. */
function FieldChoices({ preview, onChoose, onChooseCustom }: { preview: MergePreview; onChoose: Choose; onChooseCustom: Choose }) {
  const { t } = useTranslation();
  const label = useLabel();
  const own = useNoun("member")?.fields ?? [];
  const rows: FieldRow[] = [
    ...preview.fields.filter((one) => one.survivor !== one.absorbed).map((one): FieldRow => ({
      key: one.field, name: t(`merge.fields.${one.field}`), winner: one.winner, survivor: <FieldValue field={one.field} value={one.survivor} />, absorbed: <FieldValue field={one.field} value={one.absorbed} />, choose: (side) => onChoose(one.field, side),
    })),
    ...preview.custom.flatMap((one): FieldRow[] => {
      const field = own.find((known) => known.key === one.field && !known.isArchived);
      if (!field) return [];
      const [survivor, absorbed] = [one.survivor, one.absorbed].map((value, at) => <ValueText key={at} field={field} value={value} references={preview.customReferences} />);
      return [{ key: `custom.${one.field}`, name: label(field), winner: one.winner, survivor, absorbed, choose: (side) => onChooseCustom(one.field, side) }];
    }),
  ];
  if (rows.length === 0) return null;
  return (
    <RowTable<FieldRow>
      label={t("merge.choose")} rows={rows} rowKey={(row) => row.key}
      columns={[
        { title: t("merge.what"), render: (row) => row.name },
        { title: t("merge.choose"), isWide: true, render: (row) => (
          <Radio.Group value={row.winner} onChange={(event) => row.choose(event.target.value as Side)}>
            {(["survivor", "absorbed"] as const).map((side) => <Radio key={side} value={side}>{row[side]}</Radio>)}
          </Radio.Group>
        ) },
      ]}
    />
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
