import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, type FormInstance, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useJoined } from "../../design/joined.ts";
import { objectsQuery, useLabel } from "../objects/object.ts";
import { Forecast } from "./forecast.tsx";
import { type Rules, ruleSentences } from "./rule-sentence.ts";
import { PoolArchive } from "./pool-archive.tsx";
import { othersOf, type Sea } from "./sea.ts";

type Values = Rules & Pick<Sea, "name" | "nameEn" | "isDefault"> & { object: string };

interface Props {
  edited: Sea | "new" | null;
  pools: readonly Sea[];
  onClose: () => void;
}

const fresh: Partial<Values> = { capacity: 100, claimsPerDay: 20, idleDays: 15, winDays: 45, wonStages: [], coolDownDays: 7, extensions: 1, extensionDays: 15 };

/** What is left empty of these is none of it; a pool stops being the default one when another becomes it. */
const wireOf = ({ isDefault, coolDownDays, extensions, extensionDays, ...values }: Values) =>
  ({ ...values, coolDownDays: coolDownDays ?? 0, extensions: extensions ?? 0, extensionDays: extensionDays ?? 0, ...(isDefault ? { isDefault } : {}) });

/** What a pool is called and by which rules its records change hands, told in sentences; before they are saved, what they would do. */
export function RulesDrawer({ edited, pools, onClose }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const pool = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, unknown>
      title={pool ? t("sea.rulesOf", { name: label(pool) }) : t("sea.new")} isOpen={edited !== null} onClose={onClose} width={560}
      initial={pool ?? { ...fresh, isDefault: pools.length === 0 }} refreshes={[["/seas"], ...(pool ? [[`/seas/${pool.id}/records`]] : []), ["records"]]}
      run={(values) => (pool ? api.patch(`/seas/${pool.id}`, wireOf(values)) : api.post("/seas", wireOf(values)))}
    >
      {(form) => (
        <>
          <RuleFields form={form} pool={pool} />
          {pool ? <PoolArchive pool={pool} others={othersOf(pool, pools)} onDone={onClose} /> : null}
        </>
      )}
    </FormDrawer>
  );
}

function RuleFields({ form, pool }: { form: FormInstance<Values>; pool: Sea | null }) {
  const { t } = useTranslation();
  const label = useLabel();
  const joined = useJoined();
  const values = Form.useWatch([], form) as Values | undefined;
  const objects = useQuery(objectsQuery).data?.items.filter((one) => !one.isBuiltIn && !one.isArchived) ?? [];
  const object = objects.find((one) => one.key === (pool?.objectKey ?? values?.object));
  const stages = object?.fields.find((field) => field.key === object.stageField)?.settings.options ?? [];
  const said = stages.filter((one) => values?.wonStages?.includes(one.key)).map(label);
  const days = (name: keyof Rules, least = 1) => <Form.Item name={name} label={t(`sea.field.${name}`)}><InputNumber min={least} max={3_650} precision={0} placeholder={t("form.unlimited")} suffix={t("form.days")} /></Form.Item>;
  const records = (name: keyof Rules, least = 1) => <Form.Item name={name} label={t(`sea.field.${name}`)}><InputNumber min={least} max={100_000} precision={0} placeholder={t("form.unlimited")} /></Form.Item>;
  return (
    <>
      <div className="sentence">{values ? ruleSentences(t, values, joined(said)).map((one) => <p key={one}>{one}</p>) : null}</div>
      {pool ? null : <Form.Item name="object" label={t("model.object")} rules={[{ required: true, message: t("form.required") }]}><Select options={objects.map((one) => ({ value: one.key, label: label(one) }))} onChange={() => form.setFieldValue("wonStages", [])} /></Form.Item>}
      <div className="field-pair">
        <Form.Item name="name" label={t("sea.field.name")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input maxLength={60} /></Form.Item>
        <Form.Item name="nameEn" label={t("model.nameEn")}><Input maxLength={60} /></Form.Item>
        {records("capacity")}{records("claimsPerDay")}
        {days("idleDays")}{days("winDays")}
      </div>
      {stages.length > 0 ? <Form.Item name="wonStages" label={t("sea.field.wonStages")} extra={t("sea.wonStagesHelp")}><Select mode="multiple" options={stages.map((one) => ({ value: one.key, label: label(one) }))} /></Form.Item> : null}
      <div className="field-pair">
        {records("extensions", 0)}{days("extensionDays", 0)}
        {days("coolDownDays", 0)}
      </div>
      <Form.Item name="isDefault" valuePropName="checked" extra={t("sea.isDefaultHelp")}><Checkbox disabled={pool?.isDefault ?? false}>{t("sea.field.isDefault")}</Checkbox></Form.Item>
      {pool && values ? <Forecast pool={pool} rules={values} /> : null}
    </>
  );
}
