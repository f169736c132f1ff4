import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Column } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { useCan } from "../../shell/session.ts";
import { type Member, memberRefreshes, type MemberRow } from "../customers/member.ts";
import { type CustomObject, fieldsInUse, objectsQuery, useLabel } from "./object.ts";
import { changesOf, startOf, ValueFields } from "./value-fields.tsx";
import { ValueText } from "./value-text.tsx";

const MOST_COLUMNS = 4;

export function useMemberObject(): CustomObject | undefined {
  const objects = useQuery(objectsQuery);
  return objects.data?.items.find((one) => one.key === "member");
}

/** The tenant's own fields of a member, beside what every member has. */
export function MemberCustom({ member }: { member: Member }) {
  const { t } = useTranslation();
  const label = useLabel();
  const can = useCan();
  const object = useMemberObject();
  const [isEditing, setEditing] = useState(false);
  const fields = object ? fieldsInUse(object) : [];
  if (fields.length === 0) return null;
  return (
    <Panel title={t("model.custom")} extra={can("members.write") ? <Button size="small" onClick={() => setEditing(true)}>{t("action.edit")}</Button> : null}>
      <Facts>
        {fields.map((field) => <Fact key={field.id} label={label(field)} isWide={field.kind === "long-text"}><ValueText field={field} value={member.custom[field.key]} references={member.customReferences} /></Fact>)}
      </Facts>
      <FormDrawer<{ custom: Record<string, unknown> }, unknown>
        title={t("model.custom")} isOpen={isEditing} onClose={() => setEditing(false)} initial={{ custom: startOf(fields, member.custom) }} refreshes={memberRefreshes(member.id)}
        run={({ custom }) => api.patch(`/members/${member.id}`, { custom: changesOf(custom, member.custom) })}
      >
        <ValueFields fields={fields} at="custom" references={member.customReferences} />
      </FormDrawer>
    </Panel>
  );
}

/** The first filterable ones as columns of the list of members. */
export function useCustomColumns(): Column<MemberRow>[] {
  const label = useLabel();
  const object = useMemberObject();
  return (object ? fieldsInUse(object) : []).filter((field) => field.filterable === "yes").slice(0, MOST_COLUMNS)
    .map((field) => ({ title: label(field), render: (member) => <ValueText field={field} value={member.custom[field.key]} /> }));
}
