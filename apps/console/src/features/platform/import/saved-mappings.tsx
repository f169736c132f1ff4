import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Popover } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { ProblemAlert } from "../../../design/state.tsx";
import type { SavedMapping } from "./import.ts";

/** Mappings that were kept; one whose headers are a file's is taken by itself. */
export function SavedMappings({ target }: { target: string }) {
  const { t } = useTranslation();
  const saved = useQuery({ queryKey: ["/import-mappings", target], queryFn: () => api.get<{ items: SavedMapping[] }>("/import-mappings", { target }) });
  const drop = useAction<string, void>({ run: (id) => api.delete(`/import-mappings/${id}`), refreshes: [["/import-mappings"]] });
  const items = saved.data?.items ?? [];
  if (items.length === 0) return null;
  const list = (
    <ul className="plain stack-tight">
      {items.map((one) => <li key={one.id} className="row"><span>{one.name}<span className="soft"> · {one.by}</span></span><Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("import.dropSaved", { name: one.name })} onClick={() => drop.mutate(one.id)} /></li>)}
      <ProblemAlert error={drop.error} />
    </ul>
  );
  return <Popover trigger="click" content={list}><Button size="small">{t("import.saved", { count: items.length })}</Button></Popover>;
}
