import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen, formatFenShort } from "../../design/money.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { ExportButton } from "../platform/export-button.tsx";
import { type Liability, type LiabilityKind, liabilityQuery, valueKinds } from "./liability.ts";

const Figure = lazy(async () => ({ default: (await import("./figure.tsx")).Figure }));

/** What the brand owes its members: how much, of what, where, until when, and how much of it will probably never be asked for. */
export function LiabilityPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const [filters, setFilters] = useFilters();
  const { stores } = useStoreChoice();
  const storeId = filters["storeId"];
  const liability = useQuery(liabilityQuery(storeId));
  const recount = useAction<void, Liability>({ run: (_nothing, key) => api.post("/liability:recount", {}, key), refreshes: [["liability"]] });
  const data = liability.data;
  return (
    <PageFrame
      title={t("menu.liability")}
      lead={data?.countedAt ? t("liability.lead", { at: clock.instant(data.countedAt) }) : t("liability.leadEmpty")}
      actions={
        <>
          <Select className="filter-choice" aria-label={t("shell.store")} placeholder={t("liability.allStores")} allowClear value={storeId ?? null} options={stores.map((one) => ({ value: one.id, label: one.name }))} onChange={(next: string | null) => setFilters({ storeId: next ?? undefined })} />
          <Button loading={recount.isPending} onClick={() => recount.mutate()}>{t("liability.recount")}</Button>
          <ExportButton kind="liability" query={{ storeId }} />
        </>
      }
    >
      <ProblemAlert error={recount.error} />
      {liability.isError ? <FailureState error={liability.error} onRetry={() => void liability.refetch()} /> : null}
      {liability.isPending ? <LoadingState rows={10} /> : null}
      {data ? <Figures data={data} /> : null}
    </PageFrame>
  );
}

function Figures({ data }: { data: Liability }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="tiles">
        <section className="panel" aria-label={t("liability.total")}>
          <p className="tile-label">{t("liability.total")}</p>
          <p className="tile-value">{formatFen(data.totalFen)}</p>
          <p className="tile-note">{t("liability.worth", { points: data.pointWorth.points, fen: formatFen(data.pointWorth.fen) })}</p>
        </section>
        {data.kinds.map((one) => <KindTile key={one.kind} one={one} />)}
      </div>
      <Suspense fallback={<LoadingState />}><Pictures data={data} /></Suspense>
      <Stores data={data} />
      <Things data={data} />
      <Holders />
    </>
  );
}

function KindTile({ one }: { one: Liability["kinds"][number] }) {
  const { t } = useTranslation();
  const isCounted = one.kind === "points" || one.kind === "coupon" || one.kind === "card";
  const notes = [
    isCounted ? t(`liability.amounts.${one.kind}`, { amount: one.amount.toLocaleString("en-US") }) : t(`liability.notes.${one.kind}`),
    one.breakagePercent !== null && one.breakagePercent > 0 ? t("liability.breakage", { percent: one.breakagePercent, sum: formatFen(one.breakageFen ?? 0) }) : "",
  ].filter(Boolean);
  return (
    <section className="panel" aria-label={t(`liability.kinds.${one.kind}`)}>
      <p className="tile-label">{t(`liability.kinds.${one.kind}`)}</p>
      <p className="tile-value">{formatFen(one.valueFen)}</p>
      <p className="tile-note">{notes.join(" · ")}</p>
    </section>
  );
}

const sumOf = (rows: readonly { valueFen: number }[]) => rows.reduce((sum, row) => sum + row.valueFen, 0);

function Pictures({ data }: { data: Liability }) {
  const { t, i18n } = useTranslation();
  const short = (fen: number) => formatFenShort(fen, i18n.language);
  const months = [...new Set(data.months.filter((row) => row.month !== "").map((row) => row.month))].slice(0, 24);
  const of = (month: string, kind: LiabilityKind) => sumOf(data.months.filter((row) => row.month === month && row.kind === kind));
  const series = (name: string, values: number[], kind: "bar" | "line" = "bar") => ({ name, kind, values, text: formatFen, axisText: short });
  const trend = data.trend.slice(-13);
  return (
    <div className="columns">
      <Figure
        title={t("liability.byMonth")} labels={months} labelTitle={t("liability.month")}
        series={[series(t("liability.kinds.points"), months.map((month) => of(month, "points"))), series(t("liability.kinds.coupon"), months.map((month) => of(month, "coupon")))]}
      />
      <Figure
        title={t("liability.trend")} labels={trend.map((one) => one.on)} labelTitle={t("dashboard.day")}
        series={(["principal", "points", "card"] as const).map((kind) => series(t(`liability.kinds.${kind}`), trend.map((one) => sumOf(one.parts.filter((part) => part.kind === kind))), "line"))}
      />
    </div>
  );
}

function Stores({ data }: { data: Liability }) {
  const { t } = useTranslation();
  const [, setFilters] = useFilters();
  const part = (row: Liability["stores"][number], kind: LiabilityKind) => row.parts.find((one) => one.kind === kind)?.valueFen ?? 0;
  const columns: Column<Liability["stores"][number]>[] = [
    { title: t("shell.store"), render: (row) => <Button type="link" size="small" onClick={() => setFilters({ storeId: row.storeId })}>{row.name || "—"}</Button> },
    ...valueKinds.map((kind): Column<Liability["stores"][number]> => ({ title: t(`liability.kinds.${kind}`), align: "end", render: (row) => formatFen(part(row, kind)) })),
    { title: t("liability.total"), align: "end", render: (row) => <strong>{formatFen(row.totalFen)}</strong> },
  ];
  return <Panel title={t("liability.byStore")}><RowTable label={t("liability.byStore")} columns={columns} rows={data.stores} rowKey={(row) => row.storeId} /></Panel>;
}

function Things({ data }: { data: Liability }) {
  const { t } = useTranslation();
  if (data.things.length === 0) return null;
  const columns: Column<Liability["things"][number]>[] = [
    { title: t("liability.thing"), isWide: true, render: (row) => row.name },
    { title: t("liability.kind"), render: (row) => t(`liability.kinds.${row.kind}`) },
    { title: t("liability.amount"), align: "end", render: (row) => row.amount.toLocaleString("en-US") },
    { title: t("liability.value"), align: "end", render: (row) => formatFen(row.valueFen) },
  ];
  return <Panel title={t("liability.byThing")}><RowTable label={t("liability.byThing")} columns={columns} rows={data.things} rowKey={(row) => row.kind + row.subjectId} /></Panel>;
}

interface Holder {
  memberId: string;
  memberNo: string;
  name: string;
  amount: number;
}

const heldKinds = ["principal", "bonus", "points"] as const;

/** The members behind the sums: the largest first. Asked for only when somebody looks. */
function Holders() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof heldKinds)[number] | null>(null);
  const holders = useQuery({ queryKey: ["liability-holders", kind], queryFn: () => api.get<{ items: Holder[] }>("/liability/holders", { kind: kind ?? "principal" }), enabled: kind !== null });
  const columns: Column<Holder>[] = [
    { title: t("order.member"), render: (row) => <Link to="/members/$memberId" params={{ memberId: row.memberId }}>{row.name || t("member.nameless")}</Link> },
    { title: t("liability.memberNo"), render: (row) => <span className="num">{row.memberNo}</span> },
    { title: t("liability.amount"), align: "end", render: (row) => (kind === "points" ? row.amount.toLocaleString("en-US") : formatFen(row.amount)) },
  ];
  return (
    <Panel title={t("liability.holders")} extra={<Select className="filter-choice" aria-label={t("liability.kind")} placeholder={t("liability.choose")} value={kind} options={heldKinds.map((one) => ({ value: one, label: t(`liability.kinds.${one}`) }))} onChange={setKind} />}>
      {holders.isError ? <FailureState error={holders.error} /> : kind === null ? <p className="soft">{t("liability.holdersText")}</p> : <RowTable label={t("liability.holders")} columns={columns} rows={holders.data?.items} rowKey={(row) => row.memberId} />}
    </Panel>
  );
}
