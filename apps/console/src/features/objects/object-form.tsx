import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { type CustomObject, fieldsInUse, objectsKey, useLabel } from "./object.ts";

type Values = Pick<CustomObject, "name" | "nameEn" | "titleField" | "stageField" | "rules">;

/** What an object is called, what names and stages its records, and what they must keep. */
export function ObjectForm({ object, isOpen, onClose }: { object: CustomObject; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const choices = (kinds?: readonly string[]) => fieldsInUse(object).filter((field) => !kinds || kinds.includes(field.kind)).map((field) => ({ value: field.key, label: label(field) }));
  return (
    <FormDrawer<Values, CustomObject>
      title={t("model.settings")} isOpen={isOpen} onClose={onClose} width={560} initial={object} refreshes={[objectsKey]}
      run={({ titleField, stageField, ...values }) => api.patch(`/objects/${object.key}`, { ...values, ...(titleField ? { titleField } : {}), stageField: stageField ?? null })}
    >
      <Form.Item name="name" label={t("model.name")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={60} /></Form.Item>
      <Form.Item name="nameEn" label={t("model.nameEn")}><Input maxLength={60} /></Form.Item>
      {object.isBuiltIn ? null : <Form.Item name="titleField" label={t("model.titleField")}><Select options={choices(["text", "auto-number", "choice", "number"])} /></Form.Item>}
      <Form.Item name="stageField" label={t("model.stageField")}><Select allowClear options={choices(["choice"])} notFoundContent={t("model.noChoiceField")} /></Form.Item>
      <Form.List name="rules">
        {(rows, { add, remove }) => (
          <Form.Item label={t("model.rules")} extra={t("model.rulesHint")}>
            <div className="stack">
              {rows.map(({ key, name }) => (
                <div key={key} className="stack-tight">
                  <Form.Item name={[name, "expression"]} className="flush" rules={[{ required: true, message: t("form.required") }]}><Input aria-label={t("model.expression")} placeholder="budget > 0 && size(name) > 1" maxLength={1_000} spellCheck={false} /></Form.Item>
                  <div className="row">
                    <Form.Item noStyle name={[name, "message"]} rules={[{ required: true, message: t("form.required") }]}><Input aria-label={t("model.message")} placeholder={t("model.message")} maxLength={200} /></Form.Item>
                    <Form.Item noStyle name={[name, "field"]}><Select className="filter-choice" aria-label={t("model.field")} placeholder={t("model.field")} allowClear options={choices()} /></Form.Item>
                    <Button icon={<DeleteOutlined />} aria-label={t("model.removeRule")} onClick={() => remove(name)} />
                  </div>
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({})}>{t("model.addRule")}</Button>
            </div>
          </Form.Item>
        )}
      </Form.List>
    </FormDrawer>
  );
}
