import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { DayInput } from "../../design/day-input.tsx";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { useStoreName } from "../../shell/store-choice.ts";
import type { Birthday, Member } from "./member.ts";
import "./member-history.css";
import { BirthdayText } from "./member-profile.tsx";

type Change = ConsoleSchemas["MemberChange"];
type Past = ConsoleSchemas["PastProfile"];

/** Who changed what in the profile, and how it was on a day. */
export function MemberHistory({ member }: { member: Member }) {
  const { t } = useTranslation();
  const clock = useClock();
  const fieldName = useFieldName();
  const columns: Column<Change>[] = [
    { title: t("entry.at"), render: (change) => clock.instant(change.at) },
    { title: t("history.by"), render: (change) => change.actor.name || change.actor.kind },
    {
      title: t("history.what"), isWide: true,
      render: (change) => change.fields.map((one) => (
        <div key={one.field}><strong>{fieldName(one.field)}</strong> <FieldValue field={one.field} value={one.from} /> → <FieldValue field={one.field} value={one.to} /></div>
      )),
    },
  ];
  return (
    <div className="stack">
      <PastProfile member={member} />
      <DataTable label={t("history.tab")} path={`/members/${member.id}/changes`} columns={columns} rowKey={(change) => change.id} emptyTitle={t("history.none")} />
    </div>
  );
}

function PastProfile({ member }: { member: Member }) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  const [on, setOn] = useState<string | undefined>();
  const path = `/members/${member.id}/past-profile`;
  const past = useQuery({ queryKey: [path, on], queryFn: () => api.get<Past>(path, { on }), enabled: on !== undefined });
  const fields = ["name", "phoneMasked", "gender", "birthday", "homeStoreId", "tags", "preferences"] as const;
  return (
    <Panel title={t("history.past")} extra={<span className="history-day"><DayInput label={t("history.on")} value={on ?? null} onChange={setOn} /></span>}>
      {on === undefined ? <p className="soft">{t("history.pastText")}</p> : null}
      {past.isError ? <FailureState error={past.error} onRetry={() => void past.refetch()} /> : on !== undefined && !past.data ? <LoadingState rows={3} /> : null}
      {past.data ? (
        <Facts>
          {fields.map((field) => (
            <Fact key={field} label={fieldName(field)}>
              {past.data.changed.includes(field) ? <mark><FieldValue field={field} value={past.data[field]} /></mark> : <FieldValue field={field} value={past.data[field]} />}
            </Fact>
          ))}
        </Facts>
      ) : null}
    </Panel>
  );
}

function useFieldName() {
  const { t } = useTranslation();
  return (field: string) => {
    const [, preference] = /^preferences\.(.+)$/.exec(field) ?? [];
    if (preference) return t(`member.preference.${preference}`, { defaultValue: preference });
    return t(`history.field.${field}`, { defaultValue: field });
  };
}

function FieldValue({ field, value }: { field: string; value: unknown }) {
  const { t } = useTranslation();
  const storeName = useStoreName();
  if (value === null || value === undefined || value === "") return <>—</>;
  if (field === "birthday") return <BirthdayText birthday={value as Birthday} />;
  if (field === "gender") return <>{t(`member.genders.${String(value)}`)}</>;
  if (field === "homeStoreId") return <>{storeName(String(value))}</>;
  if (typeof value === "boolean") return <>{t(value ? "state.on" : "state.off")}</>;
  if (Array.isArray(value)) return <>{value.length > 0 ? value.join(t("rule.listComma")) : "—"}</>;
  if (typeof value === "object") return <>{Object.entries(value).map(([name, one]) => `${t(`member.preference.${name}`, { defaultValue: name })} ${String(one)}`).join(t("rule.listComma")) || "—"}</>;
  return <>{String(value as string | number)}</>;
}
