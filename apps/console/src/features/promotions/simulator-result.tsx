import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { formatFen } from "../../design/money.ts";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import type { Reason, Simulated, SimulatedCandidate, SimulationResult } from "./simulation.ts";

type Side = "live" | "draft";

/** The price, the order in which it came about, and for everything else why not and how far away. */
export function SimulatorResult({ result }: { result: SimulationResult }) {
  const { t } = useTranslation();
  const [chosen, setSide] = useState<Side>("draft");
  const side: Side = result.draft ? chosen : "live";
  const shown = result[side] ?? result.live;
  return (
    <>
      {result.draft ? <Comparison result={result} side={side} onSide={setSide} /> : null}
      <Panel title={t("simulator.result")} extra={<span className="rule-soft">{t("simulator.version", { version: result.ruleVersion, mode: t(`simulator.mode.${result.mode}`) })}</span>}>
        <Facts>
          <Fact label={t("rule.gross")}>{formatFen(shown.grossFen)}</Fact>
          <Fact label={t("rule.off")}>{formatFen(-shown.discountFen)}</Fact>
          {shown.feesFen > 0 ? <Fact label={t("rule.fees")}>{formatFen(shown.feesFen)}</Fact> : null}
          <Fact label={t("rule.pays")}><b className="simulator-total" data-testid="simulator-total">{formatFen(shown.totalFen)}</b></Fact>
        </Facts>
        <LineTable simulated={shown} />
      </Panel>
      <Panel title={t("simulator.steps")}><Steps simulated={shown} /></Panel>
      <Panel title={t("simulator.candidates")}><Candidates rows={shown.candidates} /></Panel>
      {shown.certificate ? <Panel title={t("simulator.certificate")}><Certificate certificate={shown.certificate} /></Panel> : null}
    </>
  );
}

function Comparison({ result, side, onSide }: { result: SimulationResult; side: Side; onSide: (side: Side) => void }) {
  const { t } = useTranslation();
  const difference = result.differenceFen ?? 0;
  return (
    <Panel title={t("simulator.compare")} extra={<Segmented<Side> aria-label={t("simulator.compare")} value={side} onChange={onSide} options={[{ value: "live", label: t("simulator.live") }, { value: "draft", label: t("simulator.withDraft") }]} />}>
      <Facts>
        <Fact label={t("simulator.live")}>{formatFen(result.live.totalFen)}</Fact>
        <Fact label={t("simulator.withDraft")}>{formatFen(result.draft?.totalFen ?? 0)}</Fact>
        <Fact label={t("simulator.difference")}><b>{difference === 0 ? t("simulator.same") : formatFen(difference)}</b></Fact>
      </Facts>
    </Panel>
  );
}

type Line = Simulated["lines"][number];

function LineTable({ simulated }: { simulated: Simulated }) {
  const { t } = useTranslation();
  const columns: Column<Line>[] = [
    { title: t("order.item"), render: (line) => line.name },
    { title: t("order.quantity"), align: "end", render: (line) => line.quantity },
    { title: t("rule.gross"), align: "end", render: (line) => formatFen(line.grossFen) },
    { title: t("rule.off"), align: "end", render: (line) => (line.discountFen === 0 ? "—" : formatFen(-line.discountFen)) },
    { title: t("rule.pays"), align: "end", render: (line) => formatFen(line.netFen) },
  ];
  return <RowTable label={t("simulator.result")} columns={columns} rows={simulated.lines} rowKey={(line) => line.lineId} />;
}

/** From the list price to what is paid, one after the other: each meets what the ones before it left. The bars show what the figures say. */
function Steps({ simulated: { effects, totalFen } }: { simulated: Simulated }) {
  const { t } = useTranslation();
  if (effects.length === 0) return <p className="rule-soft">{t("simulator.noSteps")}</p>;
  const wholeFen = effects.reduce((sum, effect) => sum + effect.amountFen, totalFen);
  const bar = (fromFen: number, toFen: number) => ({ marginInlineStart: `${(100 * fromFen) / wholeFen}%`, width: `${(100 * (toFen - fromFen)) / wholeFen}%` });
  const leftAfter = (at: number) => effects.slice(0, at + 1).reduce((left, effect) => left - effect.amountFen, wholeFen);
  return (
    <ol className="simulator-steps">
      <li className="is-sum"><span>{t("simulator.whole")}</span><b>{formatFen(wholeFen)}</b><i aria-hidden="true" style={bar(0, wholeFen)} /></li>
      {effects.map((effect, at) => {
        const given = [...effect.gifts.map((gift) => t("rule.gives", { name: gift.name, count: gift.quantity })), ...effect.issues.map((issue) => t("rule.issues", { count: issue.count }))];
        const leftFen = leftAfter(at);
        return (
          <li key={`${at} ${effect.name}`}>
            <span>{effect.name || t(`ruleKind.${effect.kind}`, { defaultValue: t("simulator.manual") })} <small>{t(`simulator.level.${effect.level}`)}</small></span>
            <b>{given.length > 0 ? given.join(" ") : formatFen(-effect.amountFen)}</b>
            <small>{t("simulator.left", { amount: formatFen(leftFen) })}</small>
            <i aria-hidden="true" style={bar(leftFen, leftFen + effect.amountFen)} />
          </li>
        );
      })}
      <li className="is-sum"><span>{t("rule.pays")}</span><b>{formatFen(totalFen)}</b><i aria-hidden="true" style={bar(0, totalFen)} /></li>
    </ol>
  );
}

function Candidates({ rows }: { rows: SimulatedCandidate[] }) {
  const { t } = useTranslation();
  const rank = (one: SimulatedCandidate) => (one.applied ? 0 : one.applies ? 1 : 2);
  const columns: Column<SimulatedCandidate>[] = [
    { title: t("offer.name"), render: (one) => <>{one.name} <span className="candidate-kind">{t(`candidateKind.${one.kind}`)}</span></> },
    { title: t("simulator.outcome"), render: (one) => t(`simulator.outcomes.${one.applied ? "applied" : one.applies ? "possible" : "blocked"}`) },
    { title: t("rule.off"), align: "end", render: (one) => (one.amountFen === 0 ? "—" : formatFen(-one.amountFen)) },
    { title: t("simulator.whyNot"), isWide: true, render: (one) => (one.reasons.length === 0 ? null : <ul className="simulator-reasons">{one.reasons.map((reason) => <li key={reason.code}><ReasonText reason={reason} /></li>)}</ul>) },
  ];
  return <RowTable label={t("simulator.candidates")} columns={columns} rows={[...rows].sort((a, b) => rank(a) - rank(b))} rowKey={(one) => one.kind + one.id} />;
}

function ReasonText({ reason: { code, message, missing } }: { reason: Reason }) {
  const { t } = useTranslation();
  const clock = useClock();
  const distance = [
    missing?.amountFen ? t("rule.short", { amount: formatFen(missing.amountFen) }) : "", missing?.quantity ? t("rule.shortOf", { count: missing.quantity }) : "",
    missing?.at ? t("simulator.opens", { at: clock.instant(new Date(missing.at).toISOString()) }) : "",
  ].filter(Boolean).join(" ");
  return <>{t(`reason.${code}`, { defaultValue: message })} {distance ? <em>{distance}</em> : null}</>;
}

function Certificate({ certificate }: { certificate: NonNullable<Simulated["certificate"]> }) {
  const { t } = useTranslation();
  const { exact, candidates, considered, pruned, gapFen } = certificate;
  return <p>{t(`simulator.exact.${exact}`, { gap: formatFen(gapFen) })} <span className="rule-soft">{t("simulator.searched", { candidates, considered, pruned })}</span></p>;
}
