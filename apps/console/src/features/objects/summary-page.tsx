import { UnorderedListOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Select } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { useFilters } from "../../design/filters.ts";
import { Fact, Facts, PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { ConditionBar } from "./condition-bar.tsx";
import { conditionsIn, conditionText, type CustomObject, type Field, objectsQuery, useLabel } from "./object.ts";
import { axisText, conditionsOf, FIGURES, type FigureKind, figureText, groupFields, isOfTime, type Measure, measuresOf, type Summary, type SummaryGroup, type Unit, UNITS } from "./summary.ts";

/** The chart library is the heaviest thing in the console. */
const Figure = lazy(() => import("../insight/figure.tsx").then((module) => ({ default: module.Figure })));

/** How many rows of a list have which value of an own field, and what a number of theirs comes to. */
export function SummaryPage() {
  const { t } = useTranslation();
  const { objectKey } = useParams({ strict: false }) as { objectKey: string };
  const objects = useQuery(objectsQuery);
  if (objects.isError) return <FailureState error={objects.error} onRetry={() => void objects.refetch()} />;
  if (!objects.data) return <LoadingState rows={10} />;
  const object = objects.data.items.find((one) => one.key === objectKey);
  const [first] = object ? groupFields(object) : [];
  if (!object || !first) return <PageFrame title={t("summary.title")}><div className="panel"><EmptyState title={t("summary.nothing")} text={t("summary.nothingText")} /></div></PageFrame>;
  return <ObjectSummary key={object.key} object={object} first={first} />;
}

function ObjectSummary({ object, first }: { object: CustomObject; first: Field }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [filters, setFilters] = useFilters();
  const { listStoreId: storeId } = useStoreChoice();
  const [groups, measures] = [groupFields(object), measuresOf(object, t)];
  const by = groups.find((field) => field.key === filters["by"]) ?? first;
  const measure = measures.find((field) => field.key === filters["measure"]);
  const figure = FIGURES.find((one) => one === filters["figure"]) ?? "sum";
  const unit = UNITS.find((one) => one === filters["unit"]) ?? "month";
  const query = { by: by.key, unit, measure: measure?.key, filter: filters["filter"], storeId };
  const summary = useQuery({ queryKey: ["summary", object.key, query], queryFn: () => api.get<Summary>(`/objects/${object.key}/summary`, query), placeholderData: keepPreviousData });
  const measured = measures.flatMap((field) => FIGURES.map((one) => ({ value: `${field.key}.${one}`, label: t("summary.of", { figure: t(`summary.figure.${one}`), field: label(field) }) })));
  return (
    <PageFrame title={t("summary.titleOf", { name: label(object) })} lead={t("summary.lead")} actions={<ListLink object={object} filter={filters["filter"]}><UnorderedListOutlined /> {t("summary.list")}</ListLink>}>
      <ConditionBar object={object} isList={false}>
        <Select className="filter-choice" aria-label={t("summary.by")} value={by.key} onChange={(next: string) => setFilters({ by: next })} options={groups.map((field) => ({ value: field.key, label: t("summary.byField", { field: label(field) }) }))} />
        {isOfTime(by) ? <Select className="filter-choice" aria-label={t("summary.unit")} value={unit} onChange={(next: Unit) => setFilters({ unit: next })} options={UNITS.map((one) => ({ value: one, label: t(`summary.units.${one}`) }))} /> : null}
        {measures.length > 0 ? (
          <Select
            className="filter-choice" aria-label={t("summary.measure")} value={measure ? `${measure.key}.${figure}` : ""} options={[{ value: "", label: t("summary.count") }, ...measured]}
            onChange={(next: string) => { const [key, of] = next.split("."); setFilters({ measure: key || undefined, figure: of }); }}
          />
        ) : null}
      </ConditionBar>
      {summary.isError ? <FailureState error={summary.error} onRetry={() => void summary.refetch()} /> : summary.data ? <Figures object={object} by={by} measure={measure} figure={figure} summary={summary.data} /> : <LoadingState rows={8} />}
    </PageFrame>
  );
}

interface Props {
  object: CustomObject;
  by: Field;
  measure: Measure | undefined;
  figure: FigureKind;
  summary: Summary;
}

function Figures({ object, by, measure, figure, summary: { groups, isCut, total } }: Props) {
  const { t, i18n } = useTranslation();
  const label = useLabel();
  const nameOf = useGroupName(by);
  const [text, plain] = [figureText(measure), figureText(undefined)];
  const name = measure ? t("summary.of", { figure: t(`summary.figure.${figure}`), field: label(measure) }) : t("summary.count");
  const series = [{ name, kind: "bar" as const, values: groups.map((one) => (measure ? one[figure] : one.count) ?? 0), text, axisText: axisText(measure, i18n.language) }];
  const title = t("summary.byField", { field: label(by) });
  return (
    <>
      <Panel title={t("summary.total")}>
        <Facts>
          <Fact label={t("summary.count")}>{plain(total.count)}</Fact>
          {measure ? FIGURES.map((one) => <Fact key={one} label={t("summary.of", { figure: t(`summary.figure.${one}`), field: label(measure) })}>{text(total[one])}</Fact>) : null}
        </Facts>
        {measure && total.measured < total.count ? <p className="soft">{t("summary.unmeasured", { count: total.count - total.measured, field: label(measure) })}</p> : null}
      </Panel>
      <Suspense fallback={<LoadingState rows={8} />}>
        <Figure title={title} labels={groups.map(nameOf)} labelTitle={label(by)} series={series} isHorizontal={!isOfTime(by)} table={<GroupTable {...{ object, by, measure, total }} rows={groups} title={title} />} />
      </Suspense>
      {by.kind === "choices" ? <p className="soft" role="note">{t("summary.several")}</p> : null}
      {isCut ? <p className="soft" role="note">{t(isOfTime(by) ? "summary.cutTime" : "summary.cut")}</p> : null}
    </>
  );
}

/** What a group is called: an option, a month, what is referred to. */
function useGroupName(by: Field): (group: SummaryGroup) => string {
  const { t } = useTranslation();
  const label = useLabel();
  return ({ key, title }) => {
    if (key === null) return t("summary.empty");
    if (by.kind === "boolean") return t(key === "true" ? "model.yes" : "model.no");
    if (by.kind === "reference") return title || t("model.untitled");
    const option = by.settings.options?.find((one) => one.key === key);
    return option ? label(option) : key;
  };
}

function GroupTable({ object, by, measure, rows, total, title }: Pick<Props, "object" | "by" | "measure"> & { rows: SummaryGroup[]; total: Summary["total"]; title: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const nameOf = useGroupName(by);
  const [{ filter }] = useFilters();
  const text = figureText(measure);
  const named = (group: SummaryGroup) => {
    const more = conditionsOf(by, group.key);
    const others = conditionsIn(filter).filter((one) => one.field !== by.key);
    return more ? <ListLink object={object} filter={conditionText([...others, ...more])}>{nameOf(group)}</ListLink> : nameOf(group);
  };
  const columns: Column<SummaryGroup>[] = [
    { title: label(by), render: named },
    { title: t("summary.count"), align: "end", render: (group) => figureText(undefined)(group.count) },
    { title: t("summary.share"), align: "end", render: (group) => `${((group.count / Math.max(total.count, 1)) * 100).toFixed(1)}%` },
    ...(measure ? FIGURES : []).map((one): Column<SummaryGroup> => ({ title: t(`summary.figure.${one}`), align: "end", render: (group) => text(group[one]) })),
  ];
  return <RowTable label={title} columns={columns} rows={rows} rowKey={(group) => group.key ?? ""} />;
}

const LISTS: Readonly<Record<string, string>> = { member: "/members", product: "/products", order: "/orders" };

function ListLink({ object, filter, children }: { object: CustomObject; filter: string | undefined; children: React.ReactNode }) {
  const search = (filter ? { filter } : {}) as never;
  const to = LISTS[object.key];
  return to ? <Link to={to as "/members"} search={search}>{children}</Link> : <Link to="/records/$objectKey" params={{ objectKey: object.key }} search={search}>{children}</Link>;
}
