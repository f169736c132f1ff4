import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, HolderOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Input, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { type Access, type Draft, draftOf, layoutOf, type ObjectLayout, placed, stepped, withoutSection } from "./layout.ts";
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
  const [dragged, setDragged] = useState<string | null>(null);
  const onDone = () => void message.success(t("layout.saved"));
  const save = useAction<void, unknown>({ run: () => api.put(path, layoutOf(draft)), refreshes, onDone });
  const drop = useAction<void, unknown>({ run: () => api.delete(path), refreshes, onDone });
  const isReady = draft.groups.slice(0, -1).every((group) => group.name.trim());
  const change = (at: number, part: Partial<Draft["groups"][number]>) => setDraft({ ...draft, groups: draft.groups.map((group, index) => (index === at ? { ...group, ...part } : group)) });
  const land = (group: number, before: string | null) => {
    if (dragged) setDraft(placed(draft, dragged, { group, before }));
    setDragged(null);
  };
  return (
    <PageFrame
      title={t("layout.title", { name: label(object) })}
      lead={<span className="row"><Link to="/objects/$objectKey" params={{ objectKey: object.key }}>{label(object)}</Link>{t("layout.lead")}</span>}
      actions={<>{layout ? <Button loading={drop.isPending} onClick={() => drop.mutate()}>{t("layout.reset")}</Button> : null}<Button type="primary" disabled={!isReady} loading={save.isPending} onClick={() => save.mutate()}>{t("action.save")}</Button></>}
    >
      <div className="filter-bar">{choice}<Button icon={<PlusOutlined />} onClick={() => setDraft({ ...draft, groups: [...draft.groups.slice(0, -1), { name: "", nameEn: "", fields: [] }, ...draft.groups.slice(-1)] })}>{t("layout.addSection")}</Button></div>
      {isInherited ? <Alert type="info" showIcon title={t("layout.inherited")} /> : null}
      <ProblemAlert error={save.error ?? drop.error} />
      <div className="stack">
        {draft.groups.map((group, at) => (
          <section key={at} className="panel" onDragOver={(event) => event.preventDefault()} onDrop={() => land(at, null)}>
            {at === draft.groups.length - 1 ? <div className="panel-head"><h2>{t(draft.groups.length > 1 ? "layout.rest" : "layout.every")}</h2></div> : (
              <div className="row layout-head">
                <Input aria-label={t("layout.section")} placeholder={t("layout.section")} maxLength={60} value={group.name} status={group.name.trim() ? "" : "error"} onChange={(event) => change(at, { name: event.target.value })} />
                <Input aria-label={t("model.nameEn")} placeholder={t("model.nameEn")} maxLength={60} value={group.nameEn} onChange={(event) => change(at, { nameEn: event.target.value })} />
                <Button icon={<DeleteOutlined />} aria-label={t("layout.removeSection", { name: group.name })} onClick={() => setDraft(withoutSection(draft, at))} />
              </div>
            )}
            <ul className="plain layout-fields">
              {group.fields.map((key) => {
                const field = object.fields.find((one) => one.key === key);
                return field ? (
                  <FieldLine
                    key={key} field={field} access={draft.access[key] ?? "write"} isDragged={dragged === key} onDrag={() => setDragged(key)} onDrop={() => land(at, key)}
                    onStep={(by) => setDraft(stepped(draft, key, by))} onAccess={(access) => setDraft({ ...draft, access: { ...draft.access, [key]: access } })}
                  />
                ) : null;
              })}
              {group.fields.length === 0 ? <li className="soft">{t("layout.empty")}</li> : null}
            </ul>
          </section>
        ))}
      </div>
    </PageFrame>
  );
}

interface LineProps {
  field: Field;
  access: Access;
  isDragged: boolean;
  onDrag: () => void;
  onDrop: () => void;
  onStep: (by: 1 | -1) => void;
  onAccess: (access: Access) => void;
}

/** Dragged by hand, or stepped by its buttons. */
function FieldLine({ field, access, isDragged, onDrag, onDrop, onStep, onAccess }: LineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const choices: Access[] = field.isRequired ? ["write"] : isWritten(field) ? ["write", "read", "hidden"] : ["write", "hidden"];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what is dragged is an item of a list; its buttons do the same by keyboard
    <li
      className={isDragged ? "row is-dragged" : "row"} draggable
      onDragStart={(event) => { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", field.key); onDrag(); }}
      onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.stopPropagation(); onDrop(); }}
    >
      <HolderOutlined className="soft" aria-hidden />
      <span className="grow">{label(field)} <span className="soft">{t(`model.kinds.${field.kind}`)}</span></span>
      <Select className="layout-access" aria-label={t("layout.accessOf", { name: label(field) })} value={access} onChange={onAccess} disabled={choices.length === 1} options={choices.map((one) => ({ value: one, label: t(one === "write" && !isWritten(field) ? "layout.access.read" : `layout.access.${one}`) }))} />
      <Button type="text" icon={<ArrowUpOutlined />} aria-label={t("layout.up", { name: label(field) })} onClick={() => onStep(-1)} />
      <Button type="text" icon={<ArrowDownOutlined />} aria-label={t("layout.down", { name: label(field) })} onClick={() => onStep(1)} />
    </li>
  );
}
