import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { Panel } from "../../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { type Import, type ImportField, importsKey, targetsQuery } from "./import.ts";
import { type Draft, draftOf, mappingOf } from "./mapping.ts";
import { MappingOptions } from "./mapping-options.tsx";
import { MappingTable } from "./mapping-table.tsx";
import { UnreadableAlert } from "./unreadable-alert.tsx";
import { SavedMappings } from "./saved-mappings.tsx";

/** Which column goes where, and what to do with those who are known. */
export function MappingStep({ one, onChecked }: { one: Import; onChecked: () => void }) {
  const targets = useQuery(targetsQuery);
  if (targets.isError) return <FailureState error={targets.error} onRetry={() => void targets.refetch()} />;
  if (!targets.data || !one.reading) return <LoadingState rows={8} />;
  const { encoding, delimiter, sheet } = one.reading;
  const fields = targets.data.items.find((target) => target.key === one.target)?.fields.filter((field) => !field.isReadOnly) ?? [];
  return (
    <>
      <Reading one={one} />
      <MappingForm key={`${encoding ?? ""} ${delimiter ?? ""} ${sheet ?? ""}`} one={one} fields={fields} onChecked={onChecked} />
    </>
  );
}

function MappingForm({ one, fields, onChecked }: { one: Import; fields: readonly ImportField[]; onChecked: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(one, fields));
  const [saveAs, setSaveAs] = useState("");
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const check = useAction<void, Import>({
    run: async () => {
      await api.put(`/imports/${one.id}/mapping`, { ...mappingOf(draft), ...(saveAs.trim() ? { saveAs: saveAs.trim() } : {}) });
      return api.post(`/imports/${one.id}:check`);
    },
    refreshes: [importsKey, ["/import-mappings"]], onDone: onChecked,
  });
  const isMapped = draft.fieldAt.size > 0;
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); check.mutate(); }}>
      <MappingTable one={one} fields={fields} draft={draft} onChange={set} />
      <MappingOptions one={one} fields={fields} draft={draft} onChange={set} />
      <Panel title={t("import.saveAs")} extra={<SavedMappings target={one.target} />}>
        <label className="stack-tight" htmlFor="import-save-as">
          <span className="soft">{t("import.saveAsHint")}</span>
          <Input id="import-save-as" className="import-target" maxLength={60} value={saveAs} onChange={(event) => setSaveAs(event.target.value)} placeholder={t("import.saveAsName")} />
        </label>
      </Panel>
      <ProblemAlert error={check.error} />
      <div className="row import-foot"><Button htmlType="submit" type="primary" disabled={!isMapped} loading={check.isPending}>{t("import.check")}</Button><span className="soft">{t("import.checkHint")}</span></div>
    </form>
  );
}

const encodings = ["utf-8", "gb18030", "utf-16le", "utf-16be"] as const;
const delimiters = { comma: ",", semicolon: ";", tab: "\t", bar: "|" } as const;

/** How the file is read; shown because it was guessed, and changed where the guess was wrong. */
function Reading({ one }: { one: Import }) {
  const { t } = useTranslation();
  const read = useAction<object, Import>({ run: (wish) => api.post(`/imports/${one.id}:read`, wish), refreshes: [importsKey] });
  const { reading } = one;
  if (!reading) return null;
  const { kind, encoding, delimiter, sheet, sheets } = reading;
  const isFixed = !one.can.includes("read");
  const shared = { className: "filter-choice", disabled: isFixed || read.isPending };
  return (
    <Panel title={t("import.reading")} className="import-reading">
      {kind === "csv" ? (
        <>
          <Select {...shared} aria-label={t("import.encoding")} prefix={t("import.encoding")} value={encoding} onChange={(next: string) => read.mutate({ encoding: next, ...(delimiter ? { delimiter } : {}) })} options={encodings.map((value) => ({ value, label: t(`import.encodings.${value}`) }))} />
          <Select {...shared} aria-label={t("import.delimiter")} prefix={t("import.delimiter")} value={delimiter} onChange={(next: string) => read.mutate({ delimiter: next, ...(encoding ? { encoding } : {}) })} options={Object.entries(delimiters).map(([name, value]) => ({ value, label: t(`import.delimiters.${name}`) }))} />
        </>
      ) : <Select {...shared} aria-label={t("import.sheet")} prefix={t("import.sheet")} value={sheet} onChange={(next: string) => read.mutate({ sheet: next })} options={sheets.map((value) => ({ value, label: value }))} />}
      <UnreadableAlert error={read.error} />
    </Panel>
  );
}
