import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RowTable } from "../../design/data-table.tsx";
import { formatFen } from "../../design/money.ts";
import { Panel } from "../../design/page-frame.tsx";
import type { Simulation } from "./tier.ts";

type Cell = Simulation["cells"][number];

const count = (value: number): string => value.toLocaleString("en-US");
const signed = (value: number): string => (value > 0 ? `+${count(value)}` : count(value).replace("-", "−"));

/** The matrix from → to, then each move with what it costs and some of whom it concerns. */
export function SimulationResult({ result }: { result: Simulation }) {
  const { t } = useTranslation();
  const moves = result.cells.filter((cell) => cell.direction !== "stay").toSorted((a, b) => b.members - a.members);
  return (
    <>
      <div className="tiles">
        <Tile label={t("simulation.members")} value={count(result.members)} note={t("simulation.stay", { count: result.stay })} />
        <Tile label={t("simulation.up")} value={count(result.up)} note={t("simulation.upNote")} />
        <Tile label={t("simulation.down")} value={count(result.down)} note={t("simulation.downNote")} />
        <Tile label={t("simulation.cost")} value={signed(result.cost.pointsPerYear)} note={t("simulation.costNote", { amount: formatFen(result.cost.fenPerYear) })} />
      </div>
      <Panel title={t("simulation.matrix")}><Matrix result={result} /></Panel>
      {moves.length > 0 ? <Panel title={t("simulation.moves")}><Moves moves={moves} /></Panel> : null}
    </>
  );
}

function Tile({ label, value, note }: { label: string; value: string; note: string }) {
  return <div className="panel"><p className="tile-label">{label}</p><p className="tile-value">{value}</p><p className="tile-note">{note}</p></div>;
}

function Matrix({ result }: { result: Simulation }) {
  const { t } = useTranslation();
  const at = (from: string, to: string): Cell | undefined => result.cells.find((cell) => (cell.from?.id ?? "") === from && (cell.to?.id ?? "") === to);
  const hasNone = result.cells.some((cell) => cell.from === null || cell.to === null);
  const tiers = [...(hasNone ? [{ id: "", name: "—" }] : []), ...result.tiers];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t("simulation.matrix")}>
      <table className="move-matrix">
        <caption className="unseen">{t("simulation.matrix")}</caption>
        <thead><tr><th scope="col">{t("simulation.fromTo")}</th>{tiers.map((to) => <th key={to.id} scope="col">{to.name}</th>)}</tr></thead>
        <tbody>
          {tiers.map((from) => (
            <tr key={from.id}>
              <th scope="row">{from.name}</th>
              {tiers.map((to) => {
                const cell = at(from.id, to.id);
                return <td key={to.id} className={cell ? `is-${cell.direction}` : ""}>{cell ? count(cell.members) : "·"}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Moves({ moves }: { moves: Cell[] }) {
  const { t } = useTranslation();
  const columns = [
    { title: t("simulation.move"), render: (cell: Cell) => `${cell.from?.name ?? "—"} → ${cell.to?.name ?? "—"}` },
    { title: t("simulation.when"), render: (cell: Cell) => t(cell.direction === "up" ? "simulation.atOnce" : "simulation.atTermEnd") },
    { title: t("simulation.members"), align: "end" as const, render: (cell: Cell) => count(cell.members) },
    { title: t("simulation.anyway"), align: "end" as const, render: (cell: Cell) => count(cell.movesAnyway) },
    { title: t("simulation.spent"), align: "end" as const, render: (cell: Cell) => formatFen(cell.netFenLastYear) },
    { title: t("simulation.points"), align: "end" as const, render: (cell: Cell) => signed(cell.pointsPerYear) },
    {
      title: t("simulation.samples"), isWide: true,
      render: (cell: Cell) => <span className="row">{cell.samples.map((one) => <Link key={one.id} to="/members/$memberId" params={{ memberId: one.id }}>{one.name || t("member.nameless")}</Link>)}</span>,
    },
  ];
  return <RowTable label={t("simulation.moves")} columns={columns} rows={moves} rowKey={(cell) => `${cell.from?.id ?? ""}/${cell.to?.id ?? ""}`} />;
}
