import { useTranslation } from "react-i18next";
import { DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { NounConditions } from "../objects/noun-custom.tsx";
import { ExportButton } from "../platform/export-button.tsx";
import { useOrderColumns } from "./order-columns.tsx";
import type { OrderRow } from "./order.ts";

const statuses = ["paid", "partially-refunded", "refunded"] as const;

export function OrderListPage() {
  const { t } = useTranslation();
  const [{ q, status, from, until, filter, sort }] = useFilters();
  const { listStoreId: storeId } = useStoreChoice();
  const columns = useOrderColumns();
  const query = { q, status, from, to: until, filter, sort, storeId };
  return (
    <PageFrame title={t("menu.orders")} lead={t("order.lead")} actions={<ExportButton kind="orders" query={query} />}>
      <FilterBar
        filters={[
          { kind: "search", name: "q", label: t("order.search"), placeholder: t("order.searchHint") },
          { kind: "choice", name: "status", label: t("order.status"), options: statuses.map((one) => ({ value: one, label: t(`orderStatus.${one}`) })) },
          { kind: "day", name: "from", label: t("form.from") },
          { kind: "day", name: "until", label: t("form.until") },
        ]}
      />
      <NounConditions noun="order" />
      <DataTable<OrderRow>
        label={t("menu.orders")}
        path="/orders"
        query={query}
        columns={columns}
        rowKey={(order) => order.id}
        emptyTitle={t("order.none")}
        empty={t("order.noneText")}
      />
    </PageFrame>
  );
}
