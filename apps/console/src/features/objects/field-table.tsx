import { Button, Dropdown, Tag } from "antd";
import { MoreOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { type CustomObject, type Field, useLabel } from "./object.ts";

interface Props {
  object: CustomObject;
  fields: Field[];
  onEdit: (field: Field) => void;
  onAct: (action: { path: string; method?: "delete" }) => void;
}

export function FieldTable({ object, fields, onEdit, onAct }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const columns: Column<Field>[] = [
    { title: t("model.field"), isWide: true, render: (field) => <span className="row"><Button type="link" className="flush" disabled={field.isArchived || object.isArchived} onClick={() => onEdit(field)}>{label(field)}</Button>{field.isArchived ? <Tag>{t("model.archived")}</Tag> : null}</span> },
    { title: t("model.key"), render: (field) => <code>{field.key}</code> },
    { title: t("model.kind"), render: (field) => t(`model.kinds.${field.kind}`) },
    { title: t("model.demands"), render: (field) => <FieldDemands field={field} object={object} /> },
    { title: t("model.filterable"), render: (field) => <Filterable field={field} /> },
    { title: "", render: (field) => <FieldActions field={field} object={object} onAct={onAct} /> },
  ];
  return <div className="panel table-panel"><RowTable<Field> label={t("model.fields")} columns={columns} rows={fields} rowKey={(field) => field.id} /></div>;
}

function FieldDemands({ field, object }: { field: Field; object: CustomObject }) {
  const { t } = useTranslation();
  const label = useLabel();
  const stage = object.fields.find((one) => one.key === object.stageField)?.settings.options?.find((option) => option.key === field.requiredFrom);
  const { unique } = field.fills;
  return (
    <span className="row">
      {object.titleField === field.key ? <Tag color="blue">{t("model.titleField")}</Tag> : null}
      {object.stageField === field.key ? <Tag color="blue">{t("model.stageField")}</Tag> : null}
      {field.isRequired ? <Tag>{t("model.required")}</Tag> : null}
      {stage ? <Tag>{t("model.requiredFromStage", { stage: label(stage) })}</Tag> : null}
      {field.isUnique ? <Tag>{t("model.unique")}</Tag> : null}
      {field.isSearchable ? <Tag>{t("model.searchable")}</Tag> : null}
      {unique?.state === "failed" ? <Tag color="error">{t("model.duplicates", { values: unique.duplicates.join(t("rule.listComma")) })}</Tag> : null}
    </span>
  );
}

function Filterable({ field }: { field: Field }) {
  const { t } = useTranslation();
  if (field.filterable === "filling") return <Tag color="processing">{t("model.filling", { count: (field.fills.slot ?? field.fills.terms)?.looked ?? 0 })}</Tag>;
  return field.filterable === "yes" ? <Tag color="success">{t("model.yes")}</Tag> : <span className="soft">{field.filterable === "never" ? "—" : t("model.no")}</span>;
}

function FieldActions({ field, object, onAct }: { field: Field; object: CustomObject; onAct: Props["onAct"] }) {
  const { t } = useTranslation();
  const verbs = [
    ...(field.isArchived ? ["restore"] : [...(field.filterable === "no" ? ["promote"] : field.filterable === "never" ? [] : ["demote"]), "archive"]), "delete",
  ];
  const run = (verb: string) => onAct(verb === "delete" ? { path: `/fields/${field.id}`, method: "delete" } : { path: `/fields/${field.id}:${verb}` });
  if (object.isArchived) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items: verbs.map((verb) => ({ key: verb, label: t(`model.verb.${verb}`), danger: verb === "delete" })), onClick: ({ key }) => run(key) }}>
      <Button type="text" icon={<MoreOutlined />} aria-label={t("model.more", { name: field.name })} />
    </Dropdown>
  );
}
