import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Column } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { ConditionBar } from "./condition-bar.tsx";
import { groupsOf } from "./layout.ts";
import { type CustomObject, fieldsInUse, isWritten, objectsQuery, sortOf, useLabel } from "./object.ts";
import { RevealedValue } from "./revealed-value.tsx";
import { changesOf, startOf, ValueFields } from "./value-fields.tsx";

const MOST_COLUMNS = 4;
/** What is built in and takes own fields. */
export type Noun = "member" | "product" | "order";

export function useNoun(key: Noun): CustomObject | undefined {
  const objects = useQuery(objectsQuery);
  return objects.data?.items.find((one) => one.key === key);
}

interface Props {
  noun: Noun;
  /** What the noun's own module answers and takes. */
  values: Readonly<Record<string, unknown>>;
  references: Readonly<Record<string, string>> | undefined;
  path: string;
  refreshes: readonly (readonly unknown[])[];
  canWrite: boolean;
}

/** The tenant's own fields of something built in, beside what everybody's has. */
export function NounCustom({ noun, values, references, path, refreshes, canWrite }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const object = useNoun(noun);
  const [isEditing, setEditing] = useState(false);
  const fields = object ? fieldsInUse(object) : [];
  if (!object || fields.length === 0) return null;
  return (
    <Panel title={t("model.custom")} extra={canWrite && fields.some(isWritten) ? <Button size="small" onClick={() => setEditing(true)}>{t("action.edit")}</Button> : null}>
      {groupsOf(object).map(({ section, fields: some }) => (
        <div key={section?.name ?? ""}>
          {section ? <h3>{label(section)}</h3> : null}
          <Facts>{some.map((field) => <Fact key={field.id} label={label(field)} isWide={field.kind === "long-text"}><RevealedValue field={field} path={`${path}/custom:reveal`} value={values[field.key]} references={references} /></Fact>)}</Facts>
        </div>
      ))}
      <FormDrawer<{ custom: Record<string, unknown> }, unknown>
        title={t("model.custom")} isOpen={isEditing} onClose={() => setEditing(false)} initial={{ custom: startOf(fields, values) }} refreshes={refreshes}
        run={({ custom }) => api.patch(path, { custom: changesOf(custom, values) })}
      >
        <ValueFields object={object} at="custom" references={references} />
      </FormDrawer>
    </Panel>
  );
}

/** Conditions on own fields above a list, once there are any to ask by. */
export function NounConditions({ noun }: { noun: Noun }) {
  const object = useNoun(noun);
  return object?.fields.some((field) => field.operators.length > 0) ? <ConditionBar object={object} /> : null;
}

/** The first filterable ones as columns of a list. */
export function useCustomColumns<Row extends { id: string; custom?: Record<string, unknown> }>(noun: Noun): Column<Row>[] {
  const label = useLabel();
  const object = useNoun(noun);
  return (object ? fieldsInUse(object) : []).filter((field) => field.filterable === "yes").slice(0, MOST_COLUMNS)
    .map((field) => ({ title: label(field), ...sortOf(field), render: (row) => <RevealedValue field={field} path={`/${noun}s/${row.id}/custom:reveal`} value={row.custom?.[field.key]} /> }));
}
