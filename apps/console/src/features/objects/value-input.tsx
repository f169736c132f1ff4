import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { InstantInput } from "../../design/instant-input.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { FileInput, type HeldFile } from "./file-input.tsx";
import { type CustomObject, type Field, objectsQuery, type RecordRow, useLabel } from "./object.ts";

interface Props {
  field: Field;
  /** From `Form.Item`. */
  id?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  label?: string;
  /** what is chosen already is called, by id */
  references?: Readonly<Record<string, string>> | undefined;
  /** One value although the field takes many, as a filter asks for it. */
  isSingle?: boolean;
}

/** The input that fits a field's kind; empties to `null`. */
export function ValueInput({ field, id, value, onChange, label, references, isSingle = false }: Props) {
  const { t } = useTranslation();
  const named = useLabel();
  const common = { ...(id ? { id } : {}), ...(label ? { "aria-label": label } : {}) };
  const text = typeof value === "string" ? value : "";
  const write = (next: unknown) => onChange?.(next === "" || next === undefined ? null : next);
  const options = (field.settings.options ?? []).filter((option) => !option.isRetired || value === option.key).map((option) => ({ value: option.key, label: named(option) }));
  switch (field.kind) {
    case "long-text": return <Input.TextArea {...common} rows={4} maxLength={field.settings.maxLength ?? 20_000} value={text} onChange={(event) => write(event.target.value)} />;
    case "number": return <InputNumber {...common} className="full" value={value as number | null} onChange={write} />;
    case "money": return <MoneyInput {...common} value={value as number | null} onChange={write} />;
    case "date": return <DayInput {...common} value={text || null} onChange={write} />;
    case "time": return <InstantInput {...common} value={text || null} onChange={write} />;
    case "boolean": return <Select {...common} allowClear value={value ?? null} onChange={write} options={[{ value: true, label: t("model.yes") }, { value: false, label: t("model.no") }]} />;
    case "choice": return <Select {...common} allowClear value={value ?? null} onChange={write} options={options} showSearch={options.length > 8 ? { optionFilterProp: "label" } : false} />;
    case "choices": return <Select {...common} mode="multiple" value={(value as string[] | null) ?? []} onChange={write} options={options} />;
    case "reference": return <ReferenceInput field={field} value={value} onChange={write} references={references} isSingle={isSingle} {...common} />;
    case "location": return <LocationInput value={value as Place | null} onChange={write} />;
    case "file": return <FileInput field={field} value={(value as HeldFile[] | null) ?? []} onChange={write} {...common} />;
    default: return <Input {...common} maxLength={255} inputMode={field.kind === "phone" ? "tel" : field.kind === "email" ? "email" : field.kind === "url" ? "url" : "text"} value={text} onChange={(event) => write(event.target.value)} />;
  }
}

interface ReferenceProps extends Omit<Props, "field" | "label"> {
  field: Field;
  "aria-label"?: string;
}

/** Members and products by what their lists search for, records by the beginning of their title if their list can. */
function ReferenceInput({ field, value, onChange, references, isSingle, ...rest }: ReferenceProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const objects = useQuery(objectsQuery);
  const target = objects.data?.items.find((one) => one.key === field.settings.target);
  const found = useQuery({ queryKey: ["reference", target?.key, typed], enabled: target !== undefined, queryFn: ({ signal }) => (target ? candidates(target, typed, { signal, untitled: t("model.untitled") }) : []) });
  const chosen = [value ?? []].flat().map(String);
  const known = chosen.filter((id) => !found.data?.some((one) => one.value === id)).map((id) => ({ value: id, label: references?.[id] ?? id }));
  const many = field.settings.isMany && !isSingle;
  return (
    <Select
      {...rest}
      {...(many ? { mode: "multiple" as const } : {})}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      value={many ? chosen : (chosen[0] ?? null)}
      onChange={(next) => onChange?.(next ?? null)}
      options={[...known, ...(found.data ?? [])]}
      notFoundContent={t("model.noMatch")}
    />
  );
}

async function candidates(target: CustomObject, typed: string, { signal, untitled }: { signal: AbortSignal; untitled: string }): Promise<{ value: string; label: string }[]> {
  const ask = <Row extends { id: string }>(path: string, query: { q?: string; filter?: string | undefined }, label: (row: Row) => string) =>
    api.get<{ items: Row[] }>(path, { ...query, limit: 20 }, signal).then(({ items }) => items.map((row) => ({ value: row.id, label: label(row) })));
  if (target.key === "member") return ask<ConsoleSchemas["MemberSummary"]>("/members", { q: typed }, (one) => `${one.name} ${one.phoneMasked ?? ""}`);
  if (target.key === "product") return ask<ConsoleSchemas["Product"]>("/products", { q: typed }, (one) => `${one.name} ${one.sku}`);
  const title = target.fields.find((one) => one.key === target.titleField);
  const op = typed === "" ? undefined : ["contains", "prefix"].find((one) => title?.operators.includes(one));
  return ask<RecordRow>(`/objects/${target.key}/records`, { filter: op && JSON.stringify([{ field: title?.key, op, value: typed }]) }, (one) => one.title || untitled);
}

interface Place {
  lng?: number;
  lat?: number;
  address?: string;
}

function LocationInput({ value, onChange }: { value: Place | null; onChange: (value: Place | null) => void }) {
  const { t } = useTranslation();
  const change = (part: Place) => {
    const next = { ...value, ...part };
    onChange(next.lng === undefined && next.lat === undefined && !next.address ? null : next);
  };
  return (
    <div className="stack-tight">
      <Input aria-label={t("model.address")} placeholder={t("model.address")} value={value?.address ?? ""} onChange={(event) => change({ address: event.target.value })} />
      <div className="row">
        <InputNumber aria-label={t("model.lng")} placeholder={t("model.lng")} value={value?.lng ?? null} onChange={(lng) => change({ lng: lng ?? undefined } as Place)} />
        <InputNumber aria-label={t("model.lat")} placeholder={t("model.lat")} value={value?.lat ?? null} onChange={(lat) => change({ lat: lat ?? undefined } as Place)} />
      </div>
    </div>
  );
}
