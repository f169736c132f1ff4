import "./mall.css";
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { ItemCell, usePrice } from "./item-cell.tsx";
import type { MallItem, MallStatistics } from "./mall.ts";
import { MallItemForm } from "./mall-item-form.tsx";

const states = ["draft", "live", "ended"] as const;
const tagColours = { draft: "default", live: "success", ended: "default" } as const;

export function MallItemPage() {
  const { t } = useTranslation();
  const price = usePrice();
  const [edited, setEdited] = useState<MallItem | "new" | null>(null);
  const [{ q, state }] = useFilters();
  const columns: Column<MallItem>[] = [
    { title: t("mall.name"), render: (item) => <ItemCell item={item} /> },
    { title: t("mall.kind"), render: (item) => t(`mall.kinds.${item.kind}`) },
    { title: t("mall.price"), align: "end", render: (item) => price(item) },
    { title: t("mall.left"), align: "end", render: (item) => (item.left === null ? t("form.unlimited") : `${item.left} / ${item.stock ?? 0}`) },
    { title: t("mall.redeemed"), align: "end", render: (item) => item.redeemed.toLocaleString("en-US") },
    { title: t("mall.limit"), render: (item) => (item.perMember === null ? t("form.unlimited") : t("mall.limitText", { period: t(`mall.periods.${item.limitPeriod}`), count: item.perMember })) },
    { title: t("mall.state"), render: (item) => <Tag color={tagColours[item.state]}>{t(`mall.states.${item.state}`)}</Tag> },
    { title: "", render: (item) => <Button size="small" onClick={() => setEdited(item)}>{t("action.edit")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.mallItems")} lead={t("mall.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("mall.new")}</Button>}>
      <Statistics />
      <FilterBar
        filters={[
          { kind: "search", name: "q", label: t("mall.name") },
          { kind: "choice", name: "state", label: t("mall.state"), options: states.map((one) => ({ value: one, label: t(`mall.states.${one}`) })) },
        ]}
      />
      <DataTable<MallItem> label={t("menu.mallItems")} path="/mall-items" query={{ q, state }} columns={columns} rowKey={(item) => item.id} emptyTitle={t("mall.none")} empty={t("mall.noneText")} />
      <MallItemForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

/** What the last thirty days moved. Without it the list is still there. */
function Statistics() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ["/mall-statistics"], queryFn: () => api.get<MallStatistics>("/mall-statistics") });
  if (!data) return null;
  const { totals } = data;
  const tiles = [
    { label: t("mall.statRedemptions"), value: totals.redemptions.toLocaleString("en-US"), note: t("mall.statMembers", { count: totals.members }) },
    { label: t("mall.statPoints"), value: totals.points.toLocaleString("en-US"), note: t("mall.statDays") },
    { label: t("mall.statCash"), value: formatFen(totals.cashFen), note: t("mall.statDays") },
    { label: t("mall.statHanded"), value: totals.handed.toLocaleString("en-US"), note: t("mall.statEnded", { count: totals.ended }) },
  ];
  return (
    <div className="tiles">
      {tiles.map((tile) => (
        <section key={tile.label} className="panel" aria-label={tile.label}>
          <p className="tile-label">{tile.label}</p>
          <p className="tile-value">{tile.value}</p>
          <p className="tile-note">{tile.note}</p>
        </section>
      ))}
    </div>
  );
}
