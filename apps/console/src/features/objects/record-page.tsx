import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { DataTable } from "../../design/data-table.tsx";
import { Fact, Facts, PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { Thread } from "../platform/thread.tsx";
import { OwnershipPanel } from "../sales/ownership-panel.tsx";
import { useStoreName } from "../../shell/store-choice.ts";
import { groupsOf } from "./layout.ts";
import { type CustomObject, type Field, fieldsInUse, objectsQuery, recordQuery, type RecordRow, useLabel } from "./object.ts";
import { RecordForm } from "./record-form.tsx";
import { RevealedValue } from "./revealed-value.tsx";

export function RecordPage() {
  const { t } = useTranslation();
  const { recordId } = useParams({ strict: false }) as { recordId: string };
  const [record, objects] = [useQuery(recordQuery(recordId)), useQuery(objectsQuery)];
  const failed = [record, objects].find((one) => one.isError);
  if (failed) return <FailureState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!record.data || !objects.data) return <LoadingState rows={8} />;
  const object = objects.data.items.find((one) => one.key === record.data.object);
  if (!object) return <EmptyState title={t("model.noMatch")} />;
  return <RecordView record={record.data} object={object} objects={objects.data.items} />;
}

function RecordView({ record, object, objects }: { record: RecordRow; object: CustomObject; objects: CustomObject[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const clock = useClock();
  const storeName = useStoreName();
  const can = useCan();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const [isEditing, setEditing] = useState(false);
  const remove = useAction<void, unknown>({
    run: () => api.delete(`/records/${record.id}`), refreshes: [[`/objects/${object.key}/records`]],
    onDone: () => void navigate({ to: "/records/$objectKey", params: { objectKey: object.key } }),
  });
  const askRemoval = () => modal.confirm({
    title: t("model.removeRecord", { title: record.title }), content: t("model.removeRecordText"), okButtonProps: { danger: true }, okText: t("model.remove"), cancelText: t("action.cancel"),
    onOk: () => remove.mutateAsync().catch((error: unknown) => void message.error(problemSentence(t, error))),
  });
  const canWrite = can("records.write") && !object.isArchived;
  return (
    <PageFrame
      title={record.title || t("model.untitled")}
      lead={<Link to="/records/$objectKey" params={{ objectKey: object.key }}>{label(object)}</Link>}
      actions={canWrite ? <><Button danger onClick={askRemoval}>{t("model.remove")}</Button><Button type="primary" onClick={() => setEditing(true)}>{t("action.edit")}</Button></> : null}
    >
      <div className="stack">
        {groupsOf(object).map(({ section, fields }) => (
          <Panel key={section?.name ?? ""} title={section ? label(section) : null}>
            <Facts>
              {fields.map((field) => (
                <Fact key={field.id} label={label(field)} isWide={field.kind === "long-text"}>
                  <RevealedValue field={field} path={`/records/${record.id}:reveal`} value={record.fields[field.key]} references={record.references} />
                </Fact>
              ))}
            </Facts>
          </Panel>
        ))}
        <OwnershipPanel objectKey={object.key} record={record} />
        <Panel>
          <Facts>
            <Fact label={t("model.store")}>{storeName(record.storeId)}</Fact>
            <Fact label={t("model.createdAt")}>{clock.instant(record.createdAt)}</Fact>
            <Fact label={t("model.updatedAt")}>{clock.instant(record.updatedAt)}</Fact>
          </Facts>
        </Panel>
        <Panel title={t("thread.title")}><Thread subject={{ kind: "record", id: record.id }} /></Panel>
        {referringFields(objects, object.key).map(({ from, field }) => <Related key={field.id} from={from} field={field} recordId={record.id} />)}
      </div>
      <RecordForm object={object} record={record} isOpen={isEditing} onClose={() => setEditing(false)} />
    </PageFrame>
  );
}

const referringFields = (objects: CustomObject[], key: string) =>
  objects.filter((from) => !from.isBuiltIn && !from.isArchived).flatMap((from) => fieldsInUse(from).filter((field) => field.kind === "reference" && field.settings.target === key).map((field) => ({ from, field })));

function Related({ from, field, recordId }: { from: CustomObject; field: Field; recordId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const clock = useClock();
  return (
    <section>
      <h2>{t("model.related", { object: label(from), field: label(field) })}</h2>
      <DataTable<RecordRow>
        label={label(from)} path={`/records/${recordId}/related`} query={{ field: field.id }} rowKey={(one) => one.id} emptyTitle={t("model.noRecords")}
        columns={[
          { title: t("model.title"), isWide: true, render: (one) => <Link to="/records/$objectKey/$recordId" params={{ objectKey: from.key, recordId: one.id }}>{one.title || t("model.untitled")}</Link> },
          { title: t("model.createdAt"), render: (one) => clock.instant(one.createdAt) },
        ]}
      />
    </section>
  );
}
