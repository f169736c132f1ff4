import { Form, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../design/page-frame.tsx";
import { useSession } from "../../../shell/session.ts";
import { type Import, type ImportField, nameIn } from "./import.ts";
import type { Draft } from "./mapping.ts";

interface Props {
  one: Import;
  fields: readonly ImportField[];
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** What identifies, and what becomes of the known, the new and the likely. */
export function MappingOptions({ one, fields, draft, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { stores } = useSession();
  const mapped = new Set(draft.fieldAt.values());
  const identifying = fields.filter((field) => field.isIdentifier && mapped.has(field.key));
  const isAmbiguous = (one.reading?.columns ?? []).some((column) => column.isAmbiguousDate && mapped.has(draft.fieldAt.get(column.at) ?? ""));
  const choice = (name: "onMatch" | "onNew" | "onLikely", values: readonly string[]) => (
    <Form.Item label={t(`import.${name}`)}>
      <Radio.Group aria-label={t(`import.${name}`)} value={draft[name]} onChange={(event) => onChange({ [name]: event.target.value as never })} options={values.map((value) => ({ value, label: t(`import.${name}s.${value}`) }))} />
    </Form.Item>
  );
  return (
    <Panel title={t("import.options")}>
      <Form component={false} layout="vertical">
        <Form.Item label={t("import.identifyBy")} htmlFor="import-identify" extra={t(identifying.length > 0 ? "import.identifyHint" : "import.identifyNone")}>
          <Select id="import-identify" mode="multiple" maxCount={4} className="import-target" value={draft.identifyBy} onChange={(identifyBy: string[]) => onChange({ identifyBy })} options={identifying.map((field) => ({ value: field.key, label: nameIn(i18n.language, field) }))} />
        </Form.Item>
        {draft.identifyBy.length > 0 ? choice("onMatch", ["update", "fill", "skip"]) : null}
        {choice("onNew", ["create", "skip"])}
        {one.target === "member" && draft.onNew === "create" ? choice("onLikely", ["skip", "create"]) : null}
        {isAmbiguous ? (
          <Form.Item label={t("import.dateOrder")} required extra={t("import.dateHint")}>
            <Radio.Group aria-label={t("import.dateOrder")} value={draft.dateOrder} onChange={(event) => onChange({ dateOrder: event.target.value as Draft["dateOrder"] })} options={(["day-first", "month-first"] as const).map((value) => ({ value, label: t(`import.dateOrders.${value}`) }))} />
          </Form.Item>
        ) : null}
        {fields.some((field) => field.kind === "store") ? <Form.Item label={t("import.store")} htmlFor="import-store" extra={t("import.storeHint")}>
          <Select id="import-store" allowClear showSearch={{ optionFilterProp: "label" }} className="import-target" value={draft.storeId} onChange={(storeId?: string) => onChange({ storeId: storeId ?? null })} options={stores.map((store) => ({ value: store.id, label: store.name }))} />
        </Form.Item> : null}
      </Form>
    </Panel>
  );
}
