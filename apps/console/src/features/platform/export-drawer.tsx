import { App, Checkbox, Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { saveFile } from "../../design/save-file.ts";
import { languageOf } from "../../language/language.ts";
import { useCan } from "../../shell/session.ts";
import type { Export } from "./export.ts";
import type { ExportedList } from "./export-button.tsx";

interface Values {
  format: "csv" | "xlsx";
  isWhole: boolean;
  reason?: string;
}

/** As what a list leaves, and whether with what it masks. */
export function ExportDrawer({ list: { kind, query, isMasked = false }, isOpen, onClose }: { list: ExportedList; isOpen: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "").map(([name, value]) => [name, String(value)]));
  return (
    <FormDrawer<Values, Export | File>
      title={t("export.title")} isOpen={isOpen} onClose={onClose} initial={{ format: "xlsx", isWhole: false }} refreshes={[["/exports"]]} submitLabel={t("export.do")}
      run={({ format, isWhole, reason }) => api.post<Export | File>("/exports", { kind, format, query: asked, language: languageOf(i18n), ...(isWhole ? { whole: { reason: reason ?? "" } } : {}) })}
      onDone={(taken) => {
        if (!(taken instanceof File)) return void message.info(t("export.begun"), 6);
        saveFile(taken.name, taken);
        void message.success(t("export.taken", { name: taken.name }));
      }}
    >
      <p className="soft statement-tools">{t("export.lead")}</p>
      <Form.Item name="format" label={t("export.format")}>
        <Radio.Group options={[{ value: "xlsx", label: "Excel (XLSX)" }, { value: "csv", label: "CSV" }]} />
      </Form.Item>
      {isMasked && can("members.reveal") ? (
        <>
          <Form.Item name="isWhole" valuePropName="checked" extra={t("export.wholeHint")}><Checkbox>{t("export.whole")}</Checkbox></Form.Item>
          <Form.Item<Values> noStyle dependencies={["isWhole"]}>
            {({ getFieldValue }) => getFieldValue("isWhole") === true
              ? <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={200} placeholder={t("export.reasonHint")} /></Form.Item> : null}
          </Form.Item>
        </>
      ) : null}
      <p className="soft">{t("export.marked")}</p>
    </FormDrawer>
  );
}
