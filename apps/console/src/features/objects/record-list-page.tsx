import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { ExportButton } from "../platform/export-button.tsx";
import { ImportButton } from "../platform/import/import-button.tsx";
import { ConditionBar } from "./condition-bar.tsx";
import { type CustomObject, fieldsInUse, objectsQuery, type RecordRow, sortOf, useLabel } from "./object.ts";
import { RecordForm } from "./record-form.tsx";
import { ValueText } from "./value-text.tsx";

const MOST_COLUMNS = 7;
const TOO_LONG = new Set(["long-text", "location", "file"]);

export function RecordListPage() {
  const { t } = useTranslation();
  const { objectKey } = useParams({ strict: false }) as { objectKey?: string };
  const objects = useQuery(objectsQuery);
  const can = useCan();
  if (objects.isError) return <FailureState error={objects.error} onRetry={() => void objects.refetch()} />;
  if (!objects.data) return <LoadingState rows={10} />;
  const own = objects.data.items.filter((one) => !one.isBuiltIn && !one.isArchived);
  const object = own.find((one) => one.key === objectKey) ?? (objectKey ? undefined : own[0]);
  if (!object) return <PageFrame title={t("menu.records")}><div className="panel"><EmptyState title={t("model.noObjects")} text={can("objects.manage") ? <Link to="/objects">{t("model.design")}</Link> : t("model.noObjectsText")} /></div></PageFrame>;
  return <RecordList key={object.key} object={object} others={own} />;
}

function RecordList({ object, others }: { object: CustomObject; others: CustomObject[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const can = useCan();
  const navigate = useNavigate();
  const { listStoreId: storeId } = useStoreChoice();
  const [{ filter, sort, view }] = useFilters();
  const query = { filter, sort, storeId };
  const [isAdding, setAdding] = useState(false);
  const path = `/objects/${object.key}/records`;
  const columns = useColumns(object);
  return (
    <PageFrame
      title={label(object)}
      actions={
        <>
          {can("records.write") ? <ImportButton target={object.key} /> : null}
          <ExportButton kind="records" query={{ object: object.key, view, ...query }} isMasked={object.fields.some((field) => field.kind === "phone" || field.kind === "email")} />
          {can("records.write") ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t("model.newRecord", { name: label(object) })}</Button> : null}
        </>
      }
    >
      <ConditionBar object={object}>
        {others.length > 1 ? <Select className="filter-choice" aria-label={t("model.object")} value={object.key} onChange={(objectKey: string) => void navigate({ to: "/records/$objectKey", params: { objectKey } })} options={others.map((one) => ({ value: one.key, label: label(one) }))} /> : null}
      </ConditionBar>
      <DataTable<RecordRow> label={label(object)} path={path} query={query} columns={columns} rowKey={(record) => record.id} emptyTitle={filter ? t("model.noMatch") : t("model.noRecords")} empty={filter ? t("model.noMatchText") : null} />
      <RecordForm object={object} isOpen={isAdding} onClose={() => setAdding(false)} onDone={(record) => void navigate({ to: "/records/$objectKey/$recordId", params: { objectKey: object.key, recordId: record.id } })} />
    </PageFrame>
  );
}

function useColumns(object: CustomObject): Column<RecordRow>[] {
  const { t } = useTranslation();
  const label = useLabel();
  const clock = useClock();
  const shown = fieldsInUse(object).filter((field) => field.key !== object.titleField && !TOO_LONG.has(field.kind)).slice(0, MOST_COLUMNS);
  const title = object.fields.find((field) => field.key === object.titleField);
  return [
    { title: title ? label(title) : t("model.title"), ...sortOf(title), render: (record) => <Link to="/records/$objectKey/$recordId" params={{ objectKey: object.key, recordId: record.id }}>{record.title || t("model.untitled")}</Link> },
    ...shown.map((field): Column<RecordRow> => ({
      title: label(field), ...sortOf(field), ...(field.kind === "money" || field.kind === "number" ? { align: "end" as const } : {}),
      render: (record) => <ValueText field={field} value={record.fields[field.key]} references={record.references} />,
    })),
    { title: t("model.createdAt"), render: (record) => clock.instant(record.createdAt) },
  ];
}
