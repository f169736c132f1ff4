import { Segmented } from "antd";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as useParts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { Panel } from "../../design/page-frame.tsx";
import { EmptyState } from "../../design/state.tsx";
import { useIsDark } from "../../shell/appearance.tsx";

useParts([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const FITTING = 10;
const LINE_PX = 26;

export interface Series {
  name: string;
  kind: "line" | "bar";
  values: number[];
  text: (value: number) => string;
  axisText: (value: number) => string;
}

interface Props {
  title: string;
  labels: string[];
  labelTitle: string;
  series: Series[];
  isHorizontal?: boolean;
  /** Says more than the chart draws. */
  table?: ReactNode;
}

/** A chart that is also a table: the same figures, one switch away, for eyes, ears and clipboards. */
export function Figure({ title, labels, labelTitle, series, isHorizontal = false, table }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useState<"chart" | "table">("chart");
  const options = (["chart", "table"] as const).map((one) => ({ value: one, label: t(`figure.${one}`) }));
  return (
    <Panel title={title} extra={<Segmented size="small" aria-label={t("figure.view", { title })} options={options} value={view} onChange={setView} />}>
      {labels.length === 0 ? <EmptyState title={t("figure.empty")} /> : null}
      {labels.length > 0 && view === "chart" ? <Canvas title={title} labels={labels} series={series} isHorizontal={isHorizontal} /> : null}
      {labels.length > 0 && view === "table" ? <div className="figure-table">{table ?? <SeriesTable title={title} labels={labels} labelTitle={labelTitle} series={series} />}</div> : null}
    </Panel>
  );
}

function SeriesTable({ title, labels, labelTitle, series }: Pick<Props, "title" | "labels" | "labelTitle" | "series">) {
  const columns: Column<number>[] = [
    { title: labelTitle, render: (index) => labels[index] },
    ...series.map((one): Column<number> => ({ title: one.name, align: "end", render: (index) => one.text(one.values[index] ?? 0) })),
  ];
  return <RowTable label={title} columns={columns} rows={labels.map((_label, index) => index)} rowKey={String} />;
}

function Canvas({ title, labels, series, isHorizontal }: Required<Omit<Props, "labelTitle" | "table">>) {
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<ReturnType<typeof init>>(null);
  const isDark = useIsDark();
  useEffect(() => {
    if (!element.current) return;
    const chart = init(element.current);
    drawn.current = chart;
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(element.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, []);
  // New figures move the lines that are there; the theme's colours are read again when it changes.
  useEffect(() => {
    const frame = requestAnimationFrame(() => drawn.current?.setOption(optionOf(labels, series, isHorizontal)));
    return () => cancelAnimationFrame(frame);
  }, [labels, series, isHorizontal, isDark]);
  // Bars that lie need a line each.
  const height = isHorizontal && labels.length > FITTING ? { style: { height: labels.length * LINE_PX } } : {};
  return <div ref={element} className="chart" {...height} role="img" aria-label={summary(title, labels, series)} />;
}

function summary(title: string, labels: string[], series: Series[]): string {
  const parts = series.map((one) => {
    const highest = one.values.indexOf(Math.max(...one.values));
    return `${one.name}: ${labels[highest] ?? ""} ${one.text(one.values[highest] ?? 0)}`;
  });
  return `${title}. ${parts.join("; ")}`;
}

function optionOf(labels: string[], series: Series[], isHorizontal: boolean) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const text = { color: colour("ink-soft"), fontFamily: "inherit" };
  const category = { type: "category" as const, data: labels, inverse: isHorizontal, axisLabel: text, axisLine: { lineStyle: { color: colour("line-strong") } }, axisTick: { show: false } };
  const axisText = series[0]?.axisText ?? String;
  // Where nothing is more than nothing, the lines above it would all be called ¥0.
  const isEmpty = series.every((one) => one.values.every((given) => given === 0));
  const areWhole = series.every((one) => one.values.every(Number.isInteger));
  const value = { type: "value" as const, ...(areWhole && { minInterval: 1 }), axisLabel: { ...text, formatter: (given: number) => (isEmpty && given !== 0 ? "" : axisText(given)) }, splitLine: { lineStyle: { color: colour("line") } } };
  return {
    animation: !isCalm,
    color: [colour("brand"), "#c98a2b", colour("good")],
    grid: { left: 4, right: 16, top: series.length > 1 ? 36 : 12, bottom: 4, outerBoundsMode: "same" as const, outerBoundsContain: "axisLabel" as const },
    ...(series.length > 1 && { legend: { right: 0, top: 0, textStyle: text, icon: "roundRect" } }),
    tooltip: { trigger: "axis" as const, backgroundColor: colour("raised"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
    xAxis: isHorizontal ? value : category,
    yAxis: isHorizontal ? category : value,
    series: series.map((one) => ({
      name: one.name,
      type: one.kind,
      data: one.values,
      showSymbol: false,
      barMaxWidth: 22,
      lineStyle: { width: 2.5 },
      itemStyle: { borderRadius: 4 },
      tooltip: { valueFormatter: (given: unknown) => one.text(Number(given)) },
    })),
  };
}
