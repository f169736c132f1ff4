import { BarChartOutlined, CloseOutlined, FilterOutlined, SaveOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Input, Popover, Select, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useFilters } from "../../design/filters.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { type Asked, askableOf, asksForSeveral, conditionsFor } from "./asking.ts";
import { type Condition, conditionsIn, conditionText, type CustomObject, type Field, fieldsInUse, type SavedView, useLabel } from "./object.ts";
import { groupFields } from "./summary.ts";
import { ValueInput } from "./value-input.tsx";
import { ValueText } from "./value-text.tsx";

/** Conditions on own fields above a list, with the views that were saved; both live in the address. */
export function ConditionBar({ object, isList = true, children }: { object: CustomObject; isList?: boolean; children?: ReactNode }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [{ filter }, setFilters] = useFilters();
  const conditions = conditionsIn(filter);
  const set = (next: readonly Condition[]) => setFilters({ filter: conditionText(next) });
  const usable = fieldsInUse(object).filter((field) => field.operators.length > 0);
  return (
    <div className="filter-bar">
      {isList ? <Views object={object} /> : null}
      {conditions.map((one, at) => {
        const field = object.fields.find((known) => known.key === one.field);
        return (
          <Tag key={at} closable closeIcon={<CloseOutlined aria-label={t("model.removeCondition")} />} onClose={(event) => { event.preventDefault(); set(conditions.filter((_other, index) => index !== at)); }}>
            {field ? <>{label(field)} {t(`model.operator.${one.op === "filled" && one.value === false ? "empty" : one.op}`)} {one.op === "filled" ? "" : <AskedValues field={field} values={[one.value].flat()} />}</> : one.field}
          </Tag>
        );
      })}
      {usable.length > 0 ? <AddCondition fields={usable} onAdd={(some) => set([...conditions, ...some])} /> : <span className="soft">{t("model.noFilterable")}</span>}
      {isList ? <SortChoice object={object} /> : null}
      {children}
      {isList && groupFields(object).length > 0 ? <Link to="/summaries/$objectKey" params={{ objectKey: object.key }} search={(filter ? { filter } : {}) as never}><BarChartOutlined /> {t("summary.title")}</Link> : null}
      {conditions.length > 0 ? <Button type="text" onClick={() => setFilters({ filter: undefined, view: undefined })}>{t("table.clear")}</Button> : null}
    </div>
  );
}

/** Options by what they are called, in a line; the rest as lists show it. */
function AskedValues({ field, values }: { field: Field; values: readonly unknown[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { options } = field.settings;
  if (!options) return values.map((value) => <ValueText key={String(value)} field={field} value={value} />);
  return values.map((key) => { const option = options.find((one) => one.key === key); return option ? label(option) : String(key); }).join(t("rule.listComma"));
}

/** The same as the heads of the table, which a phone has not. */
function SortChoice({ object }: { object: CustomObject }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [{ sort }, setFilters] = useFilters();
  const fields = fieldsInUse(object).filter((field) => field.isSortable);
  if (fields.length === 0) return null;
  return (
    <Select className="filter-choice" aria-label={t("model.sort")} placeholder={t("model.sort")} allowClear value={sort ?? null} onChange={(next: string | null) => setFilters({ sort: next ?? undefined, view: undefined })}
      options={fields.flatMap((field) => [{ value: field.key, label: `${label(field)} ↑` }, { value: `-${field.key}`, label: `${label(field)} ↓` }])} />
  );
}

function AddCondition({ fields, onAdd }: { fields: readonly Field[]; onAdd: (conditions: Condition[]) => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [isOpen, setOpen] = useState(false);
  const [key, setKey] = useState(fields[0]?.key ?? "");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const [until, setUntil] = useState<unknown>(null);
  const field = fields.find((one) => one.key === key) ?? fields[0];
  if (!field) return null;
  const askable = askableOf(field);
  const chosen = asked && askable.includes(asked) ? asked : (askable[0] ?? "eq");
  const conditions = conditionsFor(field.key, chosen, value, until);
  const clear = () => { setValue(null); setUntil(null); };
  const add = () => {
    if (conditions.length === 0) return;
    onAdd(conditions);
    setOpen(false);
    clear();
  };
  const input = (name: string, now: unknown, set: (next: unknown) => void) => <ValueInput field={field} label={t(name)} value={now} onChange={set} isSingle />;
  const form = (
    <form className="stack-tight condition-form" onSubmit={(event) => { event.preventDefault(); add(); }}>
      <Select aria-label={t("model.field")} value={field.key} onChange={(next: string) => { setKey(next); clear(); }} options={fields.map((one) => ({ value: one.key, label: label(one) }))} />
      <Select aria-label={t("model.condition")} value={chosen} onChange={(next: Asked) => { setAsked(next); clear(); }} options={askable.map((one) => ({ value: one, label: t(`model.operator.${one}`) }))} />
      {asksForSeveral(chosen) ? <Select mode="multiple" aria-label={t("model.value")} value={(value as string[] | null) ?? []} onChange={setValue} options={(field.settings.options ?? []).map((option) => ({ value: option.key, label: label(option) }))} /> : null}
      {chosen === "filled" || chosen === "empty" || asksForSeveral(chosen) ? null : input(chosen === "between" ? "form.from" : "model.value", value, setValue)}
      {chosen === "between" ? input("form.until", until, setUntil) : null}
      <Button htmlType="submit" type="primary" disabled={conditions.length === 0}>{t("model.addCondition")}</Button>
    </form>
  );
  return (
    <Popover open={isOpen} onOpenChange={setOpen} trigger="click" content={form} destroyOnHidden>
      <Button icon={<FilterOutlined />}>{t("model.filter")}</Button>
    </Popover>
  );
}

const viewsKey = (object: CustomObject) => [`/objects/${object.key}/views`];

function Views({ object }: { object: CustomObject }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [{ filter, sort, view }, setFilters] = useFilters();
  const views = useQuery({ queryKey: viewsKey(object), queryFn: () => api.get<{ items: SavedView[] }>(`/objects/${object.key}/views`) });
  const remove = useAction<string, unknown>({ run: (id) => api.delete(`/views/${id}`), refreshes: [viewsKey(object)], onDone: () => setFilters({ view: undefined }) });
  const items = views.data?.items ?? [];
  const open = (id: string | undefined) => {
    const chosen = items.find((one) => one.id === id);
    setFilters({ view: chosen?.id, filter: chosen ? conditionText(chosen.filter) : undefined, sort: chosen?.sort ?? undefined });
  };
  const current = items.find((one) => one.id === view);
  return (
    <>
      {items.length > 0 ? <Select className="filter-choice" aria-label={t("model.views")} placeholder={t("model.views")} allowClear value={current?.id ?? null} onChange={(id: string | null) => open(id ?? undefined)} options={items.map((one) => ({ value: one.id, label: one.isShared ? `${one.name} · ${t("model.shared")}` : one.name }))} /> : null}
      {current?.isMine ? <Button type="text" onClick={() => remove.mutate(current.id, { onError: (error) => void message.error(problemSentence(t, error)) })}>{t("model.deleteView")}</Button> : null}
      {(filter || sort) && !current ? <SaveView object={object} /> : null}
    </>
  );
}

function SaveView({ object }: { object: CustomObject }) {
  const { t } = useTranslation();
  const [{ filter, sort }] = useFilters();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const save = useAction<void, unknown>({
    run: () => api.post(`/objects/${object.key}/views`, { name: name.trim(), isShared, filter: conditionsIn(filter), sort: sort ?? null }),
    refreshes: [viewsKey(object)], onDone: () => setOpen(false),
  });
  const form = (
    <form className="stack-tight condition-form" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Input autoFocus aria-label={t("model.viewName")} placeholder={t("model.viewName")} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
      <Checkbox checked={isShared} onChange={(event) => setShared(event.target.checked)}>{t("model.share")}</Checkbox>
      <ProblemAlert error={save.error} />
      <Button htmlType="submit" type="primary" disabled={!name.trim()} loading={save.isPending}>{t("action.save")}</Button>
    </form>
  );
  return <Popover open={isOpen} onOpenChange={setOpen} trigger="click" content={form} destroyOnHidden><Button icon={<SaveOutlined />}>{t("model.saveView")}</Button></Popover>;
}
