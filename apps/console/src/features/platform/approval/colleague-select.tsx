import type { ConsoleSchemas } from "@shuke/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { type ReactNode, useState } from "react";
import { api } from "../../../api/client.ts";

type Colleague = ConsoleSchemas["Colleague"];

export function useColleagues(q: string) {
  return useQuery({ queryKey: ["/colleagues", q], queryFn: () => api.get<{ items: Colleague[] }>("/colleagues", { q }), placeholderData: keepPreviousData, staleTime: 60_000 });
}

const optionOf = ({ id, name, roles }: Colleague) => ({ value: id, label: name, roles });

const describe = ({ data }: { data: { label?: ReactNode; [more: string]: unknown } }) => <>{data.label}<span className="soft"> {String(data["roles"])}</span></>;

interface Props {
  label: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  /** Who cannot be chosen. */
  except?: string | undefined;
}

/** Somebody who works here, found by name. */
export function ColleagueSelect({ label, value, onChange, except }: Props) {
  const [q, setQ] = useState("");
  const list = useColleagues(q);
  return (
    <Select<string> showSearch={{ filterOption: false, onSearch: setQ }} allowClear className="full" aria-label={label} placeholder={label} value={value ?? null} onChange={(id) => onChange(id ?? undefined)} loading={list.isFetching}
      options={(list.data?.items ?? []).filter((one) => one.id !== except).map(optionOf)} optionRender={describe} />
  );
}

/** Several of them; the order is the order in which they decide one after the other. */
export function ColleaguesSelect({ label, value, people, onChange }: { label: string; value: string[]; people: readonly Pick<Colleague, "id" | "name">[]; onChange: (ids: string[]) => void }) {
  const [q, setQ] = useState("");
  const found = useColleagues(q).data?.items ?? [];
  // Who was chosen before keeps the name, found by what is searched now or not, here or gone.
  const chosen = q === "" ? people.filter(({ id }) => value.includes(id) && !found.some((one) => one.id === id)).map((one) => ({ ...one, roles: "" })) : [];
  return <Select<string[]> mode="multiple" showSearch={{ filterOption: false, onSearch: setQ }} className="full" aria-label={label} placeholder={label} value={value} onChange={onChange} options={[...found, ...chosen].map(optionOf)} optionRender={describe} />;
}
