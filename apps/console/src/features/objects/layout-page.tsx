import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { isNamed } from "../../design/arrangement.ts";
import { ArrangementEditor } from "../../design/arrangement-editor.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { type Access, type Draft, draftOf, layoutOf, type ObjectLayout } from "./layout.ts";
import { type CustomObject, type Field, fieldsInUse, isWritten, objectsKey, objectsQuery, useLabel } from "./object.ts";

const ALL = "all";

export function LayoutPage() {
  const { t } = useTranslation();
  const { objectKey } = useParams({ strict: false }) as { objectKey: string };
  const objects = useQuery(objectsQuery);
  const path = `/objects/${objectKey}/layouts`;
  const layouts = useQuery({ queryKey: [path], queryFn: () => api.get<{ items: { role: { id: string; name: string } | null; layout: ObjectLayout | null }[] }>(path) });
  const [role, setRole] = useState(ALL);
  const failed = [objects, layouts].find((one) => one.isError);
  if (failed) return <FailureState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!objects.data || !layouts.data) return <LoadingState rows={10} />;
  const object = objects.data.items.find((one) => one.key === objectKey);
  if (!object) return <EmptyState title={t("state.missing")} />;
  const { layout = null } = layouts.data.items.find((one) => (one.role?.id ?? ALL) === role) ?? {};
  return (
    <LayoutDesk
      key={`${role} ${JSON.stringify(layout)}`} object={object} path={`${path}/${role}`} refreshes={[[path], objectsKey]} layout={layout}
      isInherited={role !== ALL && layout === null}
      choice={<Select className="filter-choice" aria-label={t("layout.role")} value={role} onChange={setRole} options={layouts.data.items.map((one) => ({ value: one.role?.id ?? ALL, label: `${one.role?.name ?? t("layout.all")}${one.layout ? " ●" : ""}` }))} />}
    />
  );
}

interface DeskProps {
  object: CustomObject;
  layout: ObjectLayout | null;
  path: string;
  refreshes: readonly (readonly unknown[])[];
  isInherited: boolean;
  choice: ReactNode;
}

function LayoutDesk({ object, layout, path, refreshes, isInherited, choice }: DeskProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft>(() => draftOf(layout, fieldsInUse(object)));
  const onDone = () => void message.success(t("layout.saved"));
  const save = useAction<void, unknown>({ run: () => api.put(path, layoutOf(draft)), refreshes, onDone });
  const drop = useAction<void, unknown>({ run: () => api.delete(path), refreshes, onDone });
  const fieldOf = (key: string) => object.fields.find((one) => one.key === key);
  const nameOf = (key: string): string => { const field = fieldOf(key); return field ? label(field) : key; };
  return (
    <PageFrame
      title={t("layout.title", { name: label(object) })}
      lead={<span className="row"><Link to="/objects/$objectKey" params={{ objectKey: object.key }}>{label(object)}</Link>{t("layout.lead")}</span>}
      actions={<>{layout ? <Button loading={drop.isPending} onClick={() => drop.mutate()}>{t("layout.reset")}</Button> : null}<Button type="primary" disabled={!isNamed(draft)} loading={save.isPending} onClick={() => save.mutate()}>{t("action.save")}</Button></>}
    >
      <div className="filter-bar">{choice}</div>
      {isInherited ? <Alert type="info" showIcon title={t("layout.inherited")} /> : null}
      <ProblemAlert error={save.error ?? drop.error} />
      <ArrangementEditor<Draft>
        draft={draft} onChange={setDraft} restTitle={t(draft.groups.length > 1 ? "layout.rest" : "layout.every")} labelOf={nameOf} noteOf={(key) => t(`model.kinds.${fieldOf(key)?.kind}`)}
        renderChoice={(key) => <AccessChoice field={fieldOf(key)} name={nameOf(key)} access={draft.access[key] ?? "write"} onChange={(access) => setDraft({ ...draft, access: { ...draft.access, [key]: access } })} />}
      />
    </PageFrame>
  );
}

function AccessChoice({ field, name, access, onChange }: { field: Field | undefined; name: string; access: Access; onChange: (access: Access) => void }) {
  const { t } = useTranslation();
  if (!field) return null;
  const choices: Access[] = field.isRequired ? ["write"] : isWritten(field) ? ["write", "read", "hidden"] : ["write", "hidden"];
  return <Select className="layout-access" aria-label={t("layout.accessOf", { name })} value={access} onChange={onChange} disabled={choices.length === 1} options={choices.map((one) => ({ value: one, label: t(one === "write" && !isWritten(field) ? "layout.access.read" : `layout.access.${one}`) }))} />;
}
