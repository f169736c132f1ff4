import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Sea, SeaHolder } from "./sea.ts";

interface Props {
  pool: Sea;
  label: string;
  className?: string;
  value?: string | undefined;
  onChange?: (id: string | undefined) => void;
}

/** Somebody who may own records of a pool, with how many they hold. */
export function PersonSelect({ pool, label, className = "full", value, onChange, ...rest }: Props) {
  const { t } = useTranslation();
  const people = useQuery({ queryKey: ["/seas", pool.id, "people"], queryFn: () => api.get<{ items: SeaHolder[] }>(`/seas/${pool.id}/people`) });
  return (
    <Select<string> {...rest} className={className} aria-label={label} placeholder={label} allowClear popupMatchSelectWidth={false} showSearch={{ optionFilterProp: "label" }} loading={people.isFetching} value={value ?? null} onChange={(id) => onChange?.(id ?? undefined)}
      options={(people.data?.items ?? []).map(({ id, name, held }) => ({ value: id, label: `${name} · ${pool.capacity === null ? t("sea.records", { count: held }) : `${held}/${pool.capacity}`}` }))} />
  );
}
