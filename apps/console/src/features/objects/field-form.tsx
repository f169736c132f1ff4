import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { type CustomObject, type Field, type NewField, objectsKey, useLabel } from "./object.ts";
import { KeyField } from "./object-list-page.tsx";

const KINDS: NewField["kind"][] = ["text", "long-text", "number", "money", "date", "time", "boolean", "choice", "choices", "reference", "phone", "email", "url", "location", "file", "formula", "auto-number"];
const SLOTTED = new Set<NewField["kind"]>(["text", "number", "money", "date", "time", "boolean", "choice", "choices", "reference", "phone", "email", "url", "auto-number"]);
const SEARCHABLE = new Set<NewField["kind"]>(["text", "url", "auto-number"]);
const UNIQUE = new Set<NewField["kind"]>(["text", "number", "reference", "phone", "email", "url"]);

interface Props {
  object: CustomObject;
  objects: CustomObject[];
  edited: Field | "new" | null;
  onClose: () => void;
}

/** A field as somebody designs it; what a kind needs comes with the kind. */
export function FieldForm({ object, objects, edited, onClose }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const field = edited && edited !== "new" ? edited : null;
  const stages = object.fields.find((one) => one.key === object.stageField)?.settings.options ?? [];
  return (
    <FormDrawer<NewField, CustomObject>
      title={t(field ? "model.editField" : "model.newField")}
      isOpen={edited !== null}
      onClose={onClose}
      width={560}
      initial={field ? { ...field, settings: settingsOf(field) } : { kind: "text", isFilterable: true }}
      run={({ kind, isFilterable, isSearchable, ...values }) => (field
        ? api.patch(`/fields/${field.id}`, { ...values, ...(SEARCHABLE.has(field.kind) ? { isSearchable: Boolean(isSearchable) } : {}) })
        : api.post(`/objects/${object.key}/fields`, { ...values, kind, isSearchable: Boolean(isSearchable) && SEARCHABLE.has(kind), isFilterable: Boolean(isFilterable) && SLOTTED.has(kind) && !values.settings?.isMany }))}
      refreshes={[objectsKey]}
    >
      {field ? null : <Form.Item name="kind" label={t("model.kind")}><Select showSearch={{ optionFilterProp: "label" }} options={KINDS.filter((kind) => kind !== "auto-number" || !object.isBuiltIn).map((kind) => ({ value: kind, label: t(`model.kinds.${kind}`) }))} /></Form.Item>}
      <Form.Item name="name" label={t("model.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={60} /></Form.Item>
      <Form.Item name="nameEn" label={t("model.nameEn")}><Input maxLength={60} /></Form.Item>
      <KeyField />
      <Form.Item name="hint" label={t("model.hint")}><Input maxLength={200} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: NewField, after: NewField) => before.kind !== after.kind || before.settings?.isMany !== after.settings?.isMany}>
        {({ getFieldValue }) => {
          const kind = field?.kind ?? (getFieldValue("kind") as NewField["kind"]);
          return (
            <>
              <KindSettings kind={kind} objects={objects} isFixed={field !== null} />
              {kind === "formula" || kind === "auto-number" ? null : <Form.Item name="isRequired" label={t("model.required")} valuePropName="checked"><Switch /></Form.Item>}
              {stages.length > 0 && kind !== "formula" && kind !== "auto-number" ? <Form.Item name="requiredFrom" label={t("model.requiredFrom")}><Select allowClear options={stages.map((option) => ({ value: option.key, label: label(option) }))} /></Form.Item> : null}
              {UNIQUE.has(kind) ? <Form.Item name="isUnique" label={t("model.unique")} valuePropName="checked" {...(field ? { extra: t("model.uniqueHint") } : {})}><Switch /></Form.Item> : null}
              {SEARCHABLE.has(kind) ? <Form.Item name="isSearchable" label={t("model.searchable")} valuePropName="checked" extra={t("model.searchableHint")}><Switch /></Form.Item> : null}
              {field || !SLOTTED.has(kind) ? null : <Form.Item name="isFilterable" label={t("model.filterable")} valuePropName="checked" extra={t("model.filterableHint")}><Switch /></Form.Item>}
            </>
          );
        }}
      </Form.Item>
    </FormDrawer>
  );
}

/** What the server answers beside what somebody may ask for. */
function settingsOf({ settings: { result: _result, ...settings } }: Field): NonNullable<NewField["settings"]> {
  return settings;
}

function KindSettings({ kind, objects, isFixed }: { kind: NewField["kind"]; objects: CustomObject[]; isFixed: boolean }) {
  const { t } = useTranslation();
  const label = useLabel();
  switch (kind) {
    case "text": case "long-text": return <Form.Item name={["settings", "maxLength"]} label={t("model.maxLength")}><InputNumber min={1} max={kind === "text" ? 255 : 20_000} /></Form.Item>;
    case "number": return <><Form.Item name={["settings", "decimals"]} label={t("model.decimals")}><InputNumber min={0} max={6} placeholder="2" /></Form.Item><Limits /></>;
    case "choice": case "choices": return <Options />;
    case "reference": return (
      <>
        <Form.Item name={["settings", "target"]} label={t("model.target")} rules={[{ required: true, message: t("form.required") }]}><Select disabled={isFixed} options={objects.filter((one) => !one.isArchived).map((one) => ({ value: one.key, label: label(one) }))} /></Form.Item>
        <Form.Item name={["settings", "isMany"]} label={t("model.isMany")} valuePropName="checked"><Switch disabled={isFixed} /></Form.Item>
      </>
    );
    case "formula": return <Form.Item name={["settings", "expression"]} label={t("model.expression")} extra={t("model.expressionHint")} rules={[{ required: true, message: t("form.required") }]}><Input.TextArea rows={3} maxLength={1_000} spellCheck={false} /></Form.Item>;
    case "auto-number": return <><Form.Item name={["settings", "prefix"]} label={t("model.prefix")}><Input maxLength={20} /></Form.Item><Form.Item name={["settings", "digits"]} label={t("model.digits")}><InputNumber min={1} max={12} placeholder="6" /></Form.Item></>;
    case "file": return (
      <>
        <Form.Item name={["settings", "onlyImages"]} label={t("model.onlyImages")} valuePropName="checked"><Switch /></Form.Item>
        <Form.Item name={["settings", "maxMb"]} label={t("model.maxMb")}><InputNumber min={1} max={10} placeholder="10" /></Form.Item>
      </>
    );
    default: return null;
  }
}

function Limits() {
  const { t } = useTranslation();
  return <div className="row"><Form.Item name={["settings", "min"]} label={t("model.min")}><InputNumber /></Form.Item><Form.Item name={["settings", "max"]} label={t("model.max")}><InputNumber /></Form.Item></div>;
}

function Options() {
  const { t } = useTranslation();
  return (
    <Form.List name={["settings", "options"]}>
      {(rows, { add, remove }) => (
        <Form.Item label={t("model.options")} extra={t("model.optionsHint")}>
          <div className="stack-tight">
            {rows.map(({ key, name }) => (
              <div key={key} className="row option-row">
                <Form.Item noStyle name={[name, "name"]} rules={[{ required: true, message: t("form.required") }]}><Input aria-label={t("model.optionName")} placeholder={t("model.optionName")} maxLength={60} /></Form.Item>
                <Form.Item noStyle name={[name, "key"]} rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("model.keyWrong") }]}><Input aria-label={t("model.key")} placeholder={t("model.key")} maxLength={40} spellCheck={false} /></Form.Item>
                <Form.Item noStyle name={[name, "isRetired"]} valuePropName="checked"><Switch size="small" checkedChildren={t("model.retired")} unCheckedChildren={t("state.on")} aria-label={t("model.retired")} /></Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t("model.removeOption")} onClick={() => remove(name)} />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})}>{t("model.addOption")}</Button>
          </div>
        </Form.Item>
      )}
    </Form.List>
  );
}
