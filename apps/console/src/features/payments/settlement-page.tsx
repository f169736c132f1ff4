import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { ExportButton } from "../platform/export-button.tsx";
import "./prepaid.css";

interface Settlement {
  from: string;
  to: string;
  stores: { id: string; name: string }[];
  cells: { soldBy: string; usedAt: string; principalFen: number; bonusFen: number; cardFen: number }[];
  balances: { storeId: string; soldUsedElsewhereFen: number; usedSoldElsewhereFen: number; netFen: number }[];
}

/** The first of this month and today, on the clock of whoever looks. */
function thisMonth(): { from: string; to: string } {
  const now = new Date();
  const to = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  return { from: `${to.slice(0, 8)}01`, to };
}

/** Which store sold the prepaid value that was used at which, and what the stores owe each other for it. */
export function SettlementPage() {
  const { t } = useTranslation();
  const [filters] = useFilters();
  const period = { ...thisMonth(), ...(filters["from"] && { from: filters["from"] }), ...(filters["to"] && { to: filters["to"] }) };
  const report = useQuery({ queryKey: ["settlements", period], queryFn: () => api.get<Settlement>("/settlements", period) });
  return (
    <PageFrame title={t("menu.settlements")} lead={t("settlement.lead")} actions={report.data && report.data.cells.length > 0 ? <ExportButton kind="settlements" query={period} /> : null}>
      <FilterBar filters={[{ kind: "day", name: "from", label: t("settlement.from") }, { kind: "day", name: "to", label: t("settlement.to") }]} />
      <p className="soft">{t("settlement.period", period)}</p>
      {report.isError ? <FailureState error={report.error} onRetry={() => void report.refetch()} /> : null}
      {report.isPending ? <LoadingState /> : null}
      {report.data ? <Report report={report.data} /> : null}
    </PageFrame>
  );
}

function Report({ report }: { report: Settlement }) {
  const { t } = useTranslation();
  if (report.cells.length === 0) return <div className="panel"><EmptyState title={t("settlement.none")} text={t("settlement.noneText")} /></div>;
  const name = (id: string) => report.stores.find((store) => store.id === id)?.name ?? "—";
  const columns: Column<Settlement["balances"][number]>[] = [
    { title: t("shell.store"), render: (row) => name(row.storeId) },
    { title: t("settlement.usedHere"), align: "end", render: (row) => formatFen(row.usedSoldElsewhereFen) },
    { title: t("settlement.usedElsewhere"), align: "end", render: (row) => formatFen(row.soldUsedElsewhereFen) },
    { title: t("settlement.net"), align: "end", render: (row) => (row.netFen === 0 ? "—" : <strong className={row.netFen > 0 ? "good" : "bad"}>{t(row.netFen < 0 ? "settlement.pays" : "settlement.gets", { sum: formatFen(Math.abs(row.netFen)) })}</strong>) },
  ];
  return (
    <>
      <Panel title={t("settlement.balances")}><RowTable label={t("settlement.balances")} columns={columns} rows={report.balances} rowKey={(row) => row.storeId} /></Panel>
      <Panel title={t("settlement.matrix")}><Matrix report={report} /></Panel>
    </>
  );
}

function Matrix({ report: { stores, cells } }: { report: Settlement }) {
  const { t } = useTranslation();
  const at = new Map(cells.map((cell) => [`${cell.soldBy}/${cell.usedAt}`, cell]));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="matrix" tabIndex={0} role="region" aria-label={t("settlement.matrix")}>
      <table>
        <caption className="unseen">{t("settlement.matrix")}</caption>
        <thead><tr><th scope="col">{t("settlement.corner")}</th>{stores.map((store) => <th key={store.id} scope="col">{store.name}</th>)}</tr></thead>
        <tbody>
          {stores.map((sold) => (
            <tr key={sold.id}>
              <th scope="row">{sold.name}</th>
              {stores.map((used) => {
                const cell = at.get(`${sold.id}/${used.id}`);
                return (
                  <td key={used.id} className={sold.id === used.id ? "num is-own" : "num"}>
                    {cell ? formatFen(cell.principalFen + cell.cardFen) : "—"}
                    {cell && cell.bonusFen !== 0 ? <div className="soft">{t("settlement.bonus", { sum: formatFen(cell.bonusFen) })}</div> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
