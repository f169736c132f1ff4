import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { App, Checkbox, Drawer, Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { saveFile } from "../../design/save-file.ts";
import { LoadingState, ProblemAlert } from "../../design/state.tsx";
import { languageOf } from "../../language/language.ts";
import { useCan } from "../../shell/session.ts";
import { ColumnChoice } from "./column-choice.tsx";
import type { Export } from "./export.ts";
import type { ExportedList } from "./export-button.tsx";

interface Values {
  format: "csv" | "xlsx";
  columns: string[];
  isWhole: boolean;
  reason?: string;
}

/** As what a list leaves, and whether with what it masks. */
export function ExportDrawer({ list: { kind, query, isMasked = false }, isOpen, onClose }: { list: ExportedList; isOpen: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "").map(([name, value]) => [name, String(value)]));
  const list = { kind, query: asked };
  const columns = useQuery({ queryKey: ["export-columns", list], enabled: isOpen, gcTime: 0, queryFn: () => api.post<ConsoleSchemas["ExportColumns"]>("/exports:columns", list) });
  const every = columns.data?.items.map((one) => one.key) ?? [];
  // All of them is no choice: columns that come later are taken then, too.
  const chosen = (keys: readonly string[]) => (keys.length === 0 || keys.join() === every.join() ? {} : { columns: keys });
  if (columns.isPending || columns.isError) return <Drawer title={t("export.title")} open={isOpen} onClose={onClose}>{columns.isError ? <ProblemAlert error={columns.error} /> : <LoadingState />}</Drawer>;
  return (
    <FormDrawer<Values, Export | File>
      title={t("export.title")} isOpen={isOpen} onClose={onClose} initial={{ format: "xlsx", isWhole: false, columns: columns.data.shown ?? every }} refreshes={[["/exports"]]} submitLabel={t("export.do")}
      run={({ format, isWhole, reason, columns: keys }) => api.post<Export | File>("/exports", { ...list, format, ...chosen(keys), language: languageOf(i18n), ...(isWhole ? { whole: { reason: reason ?? "" } } : {}) })}
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
      <Form.Item name="columns" label={t("export.columns")} extra={t("export.columnsHint")}><ColumnChoice columns={columns.data.items} /></Form.Item>
      <p className="soft">{t("export.marked")}</p>
    </FormDrawer>
  );
}
