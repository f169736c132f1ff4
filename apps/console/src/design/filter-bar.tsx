import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DayInput } from "./day-input.tsx";
import { useFilters } from "./filters.ts";

export type Filter =
  | { kind: "search"; name: string; label: string; placeholder?: string }
  | { kind: "choice"; name: string; label: string; options: { value: string; label: string }[] }
  | { kind: "day"; name: string; label: string };

/** The one row of filters above every list; its values are the address's. */
export function FilterBar({ filters }: { filters: Filter[] }) {
  const { t } = useTranslation();
  const [values, setValues] = useFilters();
  const isFiltered = filters.some((filter) => values[filter.name]);
  return (
    <form className="filter-bar" role="search" aria-label={t("table.filters")} onSubmit={(event) => event.preventDefault()}>
      {filters.map((filter) => (
        <FilterField key={filter.name} filter={filter} value={values[filter.name]} onChange={(value) => setValues({ [filter.name]: value })} />
      ))}
      {isFiltered ? (
        <Button type="text" onClick={() => setValues(Object.fromEntries(filters.map((filter) => [filter.name, undefined])))}>
          {t("table.clear")}
        </Button>
      ) : null}
    </form>
  );
}

interface FieldProps {
  filter: Filter;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function FilterField({ filter, value, onChange }: FieldProps) {
  if (filter.kind === "search") return <SearchField filter={filter} value={value} onChange={onChange} />;
  if (filter.kind === "day") {
    return (
      <div className="filter-day">
        <span aria-hidden>{filter.label}</span>
        <DayInput label={filter.label} value={value ?? null} onChange={onChange} />
      </div>
    );
  }
  return (
    <Select
      className="filter-choice"
      aria-label={filter.label}
      placeholder={filter.label}
      allowClear
      showSearch={filter.options.length > 8 ? { optionFilterProp: "label" } : false}
      value={value ?? null}
      options={filter.options}
      onChange={(next: string | null) => onChange(next ?? undefined)}
    />
  );
}

/** Waits until typing pauses: a search per keystroke would only make the list flicker. */
const pauseMs = 250;

function SearchField({ filter, value, onChange }: FieldProps & { filter: Extract<Filter, { kind: "search" }> }) {
  const [draft, setDraft] = useState(value ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setDraft(value ?? ""), [value]);
  const type = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text.trim() || undefined), pauseMs);
  };
  return (
    <Input
      className="filter-search"
      type="search"
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      aria-label={filter.label}
      placeholder={filter.placeholder ?? filter.label}
      value={draft}
      onChange={(event) => type(event.target.value)}
      onPressEnter={() => onChange(draft.trim() || undefined)}
    />
  );
}
