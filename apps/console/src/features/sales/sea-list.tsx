import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { useCan } from "../../shell/session.ts";
import { type CustomObject, fieldsInUse, objectsQuery, useLabel } from "../objects/object.ts";
import { ValueText } from "../objects/value-text.tsx";
import { MoveButtons, useLooker } from "./move-buttons.tsx";
import { useMoving } from "./moving.tsx";
import { PersonSelect } from "./person-select.tsx";
import { ProtectionText } from "./protection.tsx";
import { type Sea, type SeaRecord, useLiveSea } from "./sea.ts";
import { type Move, movesOf, movesOfAll } from "./standing.ts";

export type Side = "public" | "mine" | "all";

/** Beside the stage; fewer where the owner stands beside them. */
const fieldsMost = { public: 3, mine: 3, all: 2 } as const;
const movedMost = 200;
/** Too long for a cell, or nothing to choose a record by. */
const leftOut = new Set(["long-text", "location", "file", "formula", "auto-number"]);

interface Props {
  pool: Sea;
  /** Where a record of this pool may go instead. */
  others: readonly Sea[];
  side: Side;
}

/** The records of one side of a pool, alone or several at once to be claimed, given, kept longer or given back. */
export function SeaList({ pool, others, side }: Props) {
  const { t } = useTranslation();
  const [{ q, dueWithin, ownerId, sort = side === "mine" ? "due" : undefined }, setFilters] = useFilters();
  const [chosen, setChosen] = useState<ReadonlyMap<string, SeaRecord>>(new Map());
  const looker = useLooker(others.length > 0);
  const moving = useMoving(pool, others, () => setChosen(new Map()));
  const own = useRef(new Set<string>());
  const move = (wish: Move, rows: readonly SeaRecord[]) => {
    for (const { id } of rows) own.current.add(id);
    moving.move(wish, rows);
  };
  useLiveSea(pool.id, [[`/seas/${pool.id}/records`]]);
  const object = usePooledObject(pool);
  const columns = useColumns(object, side);
  const choose = (rows: readonly SeaRecord[], isChosen: boolean) => setChosen(new Map([...[...chosen].filter(([id]) => !rows.some((row) => row.id === id)), ...(isChosen ? rows.map((row) => [row.id, row] as const) : [])]));
  const isFiltered = Boolean(q || dueWithin || ownerId);
  const records = [...chosen.values()];
  const standingOf = ({ owner, dueAt }: SeaRecord) => ({ owner, dueAt, extensionsLeft: pool.extensions });
  return (
    <div className="stack sea-list">
      <div className="filter-bar sea-filters">
        <FilterBar filters={[
          { kind: "search", name: "q", label: t("sea.search") },
          ...(side === "public" ? [] : [{ kind: "choice" as const, name: "dueWithin", label: t("sea.due"), options: [3, 7].map((days) => ({ value: String(days), label: t("sea.dueWithin", { count: days }) })) }]),
          { kind: "choice", name: "sort", label: t("sea.sort"), options: ["due", "-since", "since"].map((value) => ({ value, label: t(`sea.sorts.${value}`) })) },
        ]} />
        {side === "all" ? <PersonSelect pool={pool} className="filter-choice" label={t("sea.owner")} value={ownerId} onChange={(id) => setFilters({ ownerId: id })} /> : null}
      </div>
      <DataTable<SeaRecord>
        label={t(`sea.side.${side}`)} path={`/seas/${pool.id}/records`} query={{ side, q, dueWithin, ownerId, sort }} rowKey={(row) => row.id}
        columns={[...columns, { title: "", isAction: true, render: (row) => <MoveButtons most={side === "all" ? 1 : 2} moves={movesOf(standingOf(row), looker)} onMove={(wish) => move(wish, [row])} isMoving={moving.isMoving(row.id)} coolDownUntil={row.coolDownUntil} /> }]}
        selection={looker.canClaim || looker.canAssign ? { isChosen: (row) => chosen.has(row.id), nameOf: (row) => row.title, onChoose: choose } : undefined}
        steady={{ isOwn: (row) => own.current.has(row.id), onGone: (ids) => setChosen((before) => new Map([...before].filter(([id]) => !ids.has(id)))) }}
        emptyTitle={t(isFiltered ? "model.noMatch" : `sea.none.${side}`)}
        empty={isFiltered ? t("model.noMatchText") : side === "mine" && pool.counts.public > 0 ? <Link to="/seas" search={{ pool: pool.id } as never}>{t("sea.toPublic")}</Link> : null}
      />
      {records.length > 0 ? (
        <div className="sea-chosen" role="region" aria-label={t("sea.chosenTitle")}>
          <span role="status">{records.length > movedMost ? t("sea.tooMany", { count: movedMost }) : t("sea.chosen", { count: records.length })}</span>
          {records.length > movedMost ? null : <MoveButtons size="middle" most={4} moves={movesOfAll(records.map(standingOf), looker)} onMove={(wish) => move(wish, records)} isMoving={records.some((one) => moving.isMoving(one.id))} />}
          <Button type="text" onClick={() => setChosen(new Map())}>{t("sea.chooseNone")}</Button>
        </div>
      ) : null}
      {moving.dialog}
    </div>
  );
}

function usePooledObject(pool: Sea): CustomObject | undefined {
  const can = useCan();
  return useQuery({ ...objectsQuery, enabled: can("records.read") }).data?.items.find((one) => one.key === pool.objectKey);
}

function useColumns(object: CustomObject | undefined, side: Side): Column<SeaRecord>[] {
  const { t } = useTranslation();
  const label = useLabel();
  const clock = useClock();
  const day = (at: string) => <span className="sea-day">{clock.day(at)}</span>;
  const fields = object ? fieldsInUse(object).filter((field) => field.key !== object.titleField && !leftOut.has(field.kind)) : [];
  const stage = fields.find((field) => field.key === object?.stageField);
  const shown = [...(stage ? [stage] : []), ...fields.filter((field) => field !== stage).slice(0, fieldsMost[side])];
  const named = object?.fields.find((field) => field.key === object.titleField);
  return [
    { title: named ? label(named) : t("model.title"), render: ({ id, title }) => (object ? <Link to="/records/$objectKey/$recordId" params={{ objectKey: object.key, recordId: id }}>{title || t("model.untitled")}</Link> : title || t("model.untitled")) },
    ...shown.map((field): Column<SeaRecord> => ({ title: label(field), render: (row) => <ValueText field={field} value={row.fields[field.key]} references={row.references} /> })),
    ...(side === "all" ? [{ title: t("sea.owner"), render: ({ owner }: SeaRecord) => owner?.name ?? <span className="soft">{t("sea.side.public")}</span> }] : []),
    ...(side === "public"
      ? [{ title: t("sea.inSeaSince"), render: (row: SeaRecord) => day(row.since) }]
      : [{ title: t("sea.left"), render: (row: SeaRecord) => <ProtectionText of={row} /> }, { title: t("sea.touched"), render: (row: SeaRecord) => day(row.touchedAt) }]),
  ];
}
