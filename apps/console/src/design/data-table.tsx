import { CaretDownOutlined, CaretUpOutlined, LeftOutlined, ReloadOutlined, RightOutlined, SwapOutlined } from "@ant-design/icons";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox, Select, Skeleton } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Query } from "../api/client.ts";
import { countSentence, type Page } from "../api/page.ts";
import { useFilters } from "./filters.ts";
import { type Steady, useHeldRows } from "./steady-rows.ts";
import { EmptyState, FailureState } from "./state.tsx";

export interface Column<T> {
  title: string;
  render: (row: T) => ReactNode;
  align?: "end";
  /** Wide text columns take what is left over. */
  isWide?: boolean;
  /** Holds buttons: on a phone they take the whole width of the card. */
  isAction?: boolean;
  /** What the list is asked to be sorted by when somebody presses the head. */
  sort?: string;
}

/** Rows that are chosen for something that is done with several at once. */
export interface Selection<T> {
  isChosen: (row: T) => boolean;
  nameOf: (row: T) => string;
  onChoose: (rows: readonly T[], isChosen: boolean) => void;
}

interface Props<T> {
  label: string;
  /** Path of the list and what it is filtered by; together they are the cache key. */
  path: string;
  query?: Query;
  columns: Column<T>[];
  rowKey: (row: T) => string;
  empty?: ReactNode;
  emptyTitle?: string;
  selection?: Selection<T> | undefined;
  /** Others change this list while it is looked at: rows stay where they stand. */
  steady?: Steady<T> | undefined;
}

const pageSizes = [20, 50, 100];

/** The one table: cursor paging, skeleton, empty and failure states; on a phone each row becomes a card. */
export function DataTable<T>({ label, path, query = {}, columns, rowKey, empty, emptyTitle, selection, steady }: Props<T>) {
  const [limit, setLimit] = useState(20);
  const [at, setAt] = useState(0);
  const list = useInfiniteQuery({
    queryKey: [path, query, limit],
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(path, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor ?? null,
    placeholderData: keepPreviousData,
  });
  const fingerprint = JSON.stringify([path, query, limit]);
  useEffect(() => setAt(0), [fingerprint]);

  const pages = list.data?.pages ?? [];
  const page = pages[Math.min(at, pages.length - 1)];
  const held = useHeldRows(list.isPlaceholderData ? null : `${fingerprint} ${at}`, page && { page: page.items, all: pages.flatMap((one) => one.items), hasNext: list.hasNextPage }, { idOf: rowKey, steady });
  const { gone } = held;
  useEffect(() => {
    if (gone.size > 0) steady?.onGone(gone);
    // oxlint-disable-next-line react/exhaustive-deps -- told once, when rows go
  }, [gone]);
  if (list.isError && !page) return <FailureState error={list.error} onRetry={() => void list.refetch()} />;
  if (page && held.rows.length === 0) return <div className="panel"><EmptyState title={emptyTitle} text={empty} /></div>;
  const hasNext = at < pages.length - 1 || list.hasNextPage;
  const forward = async () => {
    if (at >= pages.length - 1) await list.fetchNextPage();
    setAt(at + 1);
  };
  return (
    <div className="panel table-panel" aria-busy={list.isFetching}>
      <Behind isBehind={held.isBehind} onRefresh={held.refresh} />
      <RowTable label={label} columns={columns} rows={page && held.rows} rowKey={rowKey} isStale={list.isPlaceholderData} selection={selection} gone={gone} />
      <Pager count={pages[0]?.count ?? null} at={at} hasNext={hasNext} isMoving={list.isFetchingNextPage} onBack={() => setAt(at - 1)} onForward={() => void forward()} limit={limit} onLimit={setLimit} />
    </div>
  );
}

/** Over the rows, so that none of them moves. */
function Behind({ isBehind, onRefresh }: { isBehind: boolean; onRefresh: () => void }) {
  const { t } = useTranslation();
  return <div className="table-news" role="status">{isBehind ? <Button shape="round" icon={<ReloadOutlined />} onClick={onRefresh}>{t("table.changed")}</Button> : null}</div>;
}

interface RowTableProps<T> {
  label: string;
  columns: Column<T>[];
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  isStale?: boolean;
  selection?: Selection<T> | undefined;
  /** Rows that are no longer in the list: nothing can be done with them. */
  gone?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** The bare table, also used for figures that came with a page and need no paging. */
export function RowTable<T>({ label, columns, rows, rowKey, isStale = false, selection, gone = none }: RowTableProps<T>) {
  const { t } = useTranslation();
  const rowOf = (row: T) => (
    gone.has(rowKey(row))
      ? <tr key={rowKey(row)} className="is-gone">{columns.map((column, index) => <td key={index} data-title={column.title} className={cellClass(column)}>{column.isAction ? t("table.gone") : column.render(row)}</td>)}</tr>
      : <tr key={rowKey(row)}>{columns.map((column, index) => <td key={index} data-title={column.title} className={cellClass(column)}>{index === 0 ? <Choose row={row} selection={selection} /> : null}{column.render(row)}</td>)}</tr>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className={isStale ? "table is-stale" : "table"}>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>{columns.map((column, index) => (column.sort === undefined
            ? <th key={index} scope="col" className={cellClass(column)}>{index === 0 ? <ChooseAll rows={rows?.filter((row) => !gone.has(rowKey(row))) ?? []} selection={selection} /> : null}{column.title || <span className="unseen">·</span>}</th>
            : <SortHead key={index} title={column.title} sort={column.sort} className={cellClass(column)} />))}</tr>
        </thead>
        <tbody>
          {rows
            ? rows.map(rowOf)
            : Array.from({ length: 8 }, (_, line) => (
                <tr key={line}>{columns.map((_column, index) => <td key={index}><Skeleton active title={false} paragraph={{ rows: 1, width: "100%" }} className="table-skeleton" /></td>)}</tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

function ChooseAll<T>({ rows, selection }: { rows: readonly T[]; selection: Selection<T> | undefined }) {
  const { t } = useTranslation();
  if (!selection) return null;
  const chosen = rows.filter(selection.isChosen).length;
  return <Checkbox className="choose" aria-label={t("table.chooseAll")} checked={chosen > 0 && chosen === rows.length} indeterminate={chosen > 0 && chosen < rows.length} onChange={(event) => selection.onChoose(rows, event.target.checked)} />;
}

function Choose<T>({ row, selection }: { row: T; selection: Selection<T> | undefined }) {
  const { t } = useTranslation();
  if (!selection) return null;
  return <Checkbox className="choose" aria-label={t("table.choose", { name: selection.nameOf(row) })} checked={selection.isChosen(row)} onChange={(event) => selection.onChoose([row], event.target.checked)} />;
}

interface SortHeadProps {
  title: string;
  sort: string;
  className: string;
}

/** The least first, then the greatest, then as the list is by itself; it stands in the address beside the filters. */
function SortHead({ title, sort, className }: SortHeadProps) {
  const [filters, setFilters] = useFilters();
  const isUp = filters.sort === sort;
  const isDown = filters.sort === `-${sort}`;
  const next = isUp ? `-${sort}` : isDown ? undefined : sort;
  return (
    <th scope="col" className={className} aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}>
      <button type="button" className="sort-head" onClick={() => setFilters({ sort: next, view: undefined })}>
        {title}
        {isUp ? <CaretUpOutlined /> : isDown ? <CaretDownOutlined /> : <SwapOutlined className="sort-none" rotate={90} />}
      </button>
    </th>
  );
}

function cellClass<T>(column: Column<T>) {
  return [column.align === "end" ? "is-end" : "", column.isWide ? "is-wide" : "", column.isAction ? "is-action" : ""].join(" ").trim();
}

interface PagerProps {
  count: Page<unknown>["count"];
  at: number;
  hasNext: boolean;
  isMoving: boolean;
  onBack: () => void;
  onForward: () => void;
  limit: number;
  onLimit: (limit: number) => void;
}

function Pager({ count, at, hasNext, isMoving, onBack, onForward, limit, onLimit }: PagerProps) {
  const { t } = useTranslation();
  if (at === 0 && !hasNext && !count) return null;
  return (
    <nav className="pager" aria-label={t("table.pages")}>
      <span className="pager-count">{count ? countSentence(t, count) : ""}</span>
      {at > 0 || hasNext ? (
        <>
          <Select className="pager-size" aria-label={t("table.size")} value={limit} onChange={onLimit} options={pageSizes.map((size) => ({ value: size, label: t("table.perPage", { size }) }))} />
          <Button icon={<LeftOutlined />} aria-label={t("table.back")} disabled={at === 0} onClick={onBack} />
          <span aria-current="page">{at + 1}</span>
          <Button icon={<RightOutlined />} aria-label={t("table.forward")} disabled={!hasNext} loading={isMoving} onClick={onForward} />
        </>
      ) : null}
    </nav>
  );
}
