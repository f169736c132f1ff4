import "./offer.css";
import "./rule-editor/rule-editor.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { formatFen, formatFenShort } from "../../design/money.ts";
import { Fact, Facts, PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useStoreName } from "../../shell/store-choice.ts";
import { Figure, type Series } from "../insight/figure.tsx";
import { tiersQuery } from "../loyalty/tier.ts";
import { OfferSentence } from "./offer-sentence.tsx";
import { isOpen, type Replay, replayQuery, type ReplayResult, share } from "./replay.ts";

export function ReplayResultPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const { replayId } = useParams({ strict: false }) as { replayId: string };
  const replay = useQuery(replayQuery(replayId));
  if (replay.isError && !replay.data) return <FailureState error={replay.error} onRetry={() => void replay.refetch()} />;
  if (!replay.data) return <LoadingState />;
  const { name, input, fromAt, untilAt, result, failure } = replay.data;
  return (
    <PageFrame
      title={name || t("replay.nameless")}
      lead={t("replay.over", { from: clock.day(fromAt), until: clock.instant(untilAt), against: t(`replay.againsts.${input.against}`) })}
      actions={<Link to="/replays"><Button>{t("replay.all")}</Button></Link>}
    >
      <p className="sentence"><OfferSentence definition={input.draft} /></p>
      {isOpen(replay.data) ? <Running replay={replay.data} /> : null}
      {replay.data.state === "cancelled" ? <Alert type="info" showIcon title={t("replay.cancelled")} /> : null}
      {replay.data.state === "failed" ? <Alert type="error" showIcon title={t("replay.failed")} description={failure} /> : null}
      {result ? <Outcome result={result} /> : null}
    </PageFrame>
  );
}

function Running({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const cancel = useAction<void, Replay>({ run: () => api.post(`/replays/${replay.id}:cancel`), refreshes: [["/replays"]] });
  const percent = replay.ordersTotal === 0 ? 0 : Math.min(99, Math.floor((replay.ordersDone / replay.ordersTotal) * 100));
  return (
    <Panel title={t(`replay.state.${replay.state}`)} extra={<Button danger size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t("replay.cancel")}</Button>}>
      <Progress percent={percent} status="active" aria-label={t("replay.progress")} />
      <p className="rule-soft">{t("replay.counted", { done: replay.ordersDone.toLocaleString("en-US"), total: replay.ordersTotal.toLocaleString("en-US") })}</p>
      <ProblemAlert error={cancel.error} />
    </Panel>
  );
}

function Outcome({ result }: { result: ReplayResult }) {
  const { t } = useTranslation();
  const storeName = useStoreName();
  const money = useMoneySeries();
  const cost = (rows: { costFen: number }[], kind?: Series["kind"]) => [money(t("replay.cost"), rows.map((row) => row.costFen), kind)];
  const stores = result.byStore.slice(0, 10);
  return (
    <>
      <Sums result={result} />
      {result.budget ? <Budget budget={result.budget} /> : null}
      <Figure title={t("replay.byDay")} labelTitle={t("dashboard.day")} labels={result.byDay.map((row) => row.on.slice(5))} series={cost(result.byDay, result.byDay.length < 4 ? "bar" : "line")} />
      <div className="replay-pair">
        <Figure title={t("replay.byHour")} labelTitle={t("dashboard.hour")} labels={result.byHour.map((row) => `${row.hour}:00`)} series={cost(result.byHour)} />
        <Figure title={t("replay.byStore")} labelTitle={t("shell.store")} labels={stores.map((row) => storeName(row.storeId))} series={cost(stores)} isHorizontal />
      </div>
      <div className="replay-pair">
        <Tiers rows={result.byTier} />
        <Overlaps rows={result.overlaps} />
      </div>
    </>
  );
}

/** Amounts as a chart draws them. */
function useMoneySeries(): (name: string, values: number[], kind?: Series["kind"]) => Series {
  const { i18n } = useTranslation();
  return (name, values, kind = "bar") => ({ name, kind, values, text: formatFen, axisText: (value) => formatFenShort(value, i18n.language) });
}

function Sums({ result }: { result: ReplayResult }) {
  const { t } = useTranslation();
  const { members } = result;
  return (
    <Panel title={t("replay.result")} className="replay-sums">
      <Facts>
        <Fact label={t("replay.cost")}><b data-testid="replay-cost">{formatFen(result.costFen)}</b> {t("replay.ofNet", { share: share(result.costFen, result.netFen) })}</Fact>
        <Fact label={t("replay.hits")}>{t("replay.hitsOf", { hits: result.hits.toLocaleString("en-US"), orders: result.orders.toLocaleString("en-US"), share: share(result.hits, result.orders) })}</Fact>
        <Fact label={t("replay.gained")}>{t("replay.gainedText", { members: members.gained.toLocaleString("en-US"), average: formatFen(members.averageFen), tenth: members.topTenthPercent })}</Fact>
        <Fact label={t("replay.displaced")}>{formatFen(result.displacedFen)}</Fact>
        {result.dearerOrders > 0 ? <Fact label={t("replay.dearer")}>{t("replay.dearerText", { orders: result.dearerOrders, amount: formatFen(result.dearerFen) })}</Fact> : null}
        {result.gifts.length > 0 ? <Fact label={t("replay.gifts")}>{result.gifts.map((gift) => `${gift.name}×${gift.quantity}`).join(t("rule.listComma"))}</Fact> : null}
        {result.coupons > 0 ? <Fact label={t("replay.coupons")}>{result.coupons.toLocaleString("en-US")}</Fact> : null}
        {result.drifted > 0 ? <Fact label={t("replay.drifted")}>{t("replay.driftedText", { count: result.drifted })}</Fact> : null}
        <Fact label={t("replay.took")}>{t("replay.seconds", { seconds: result.seconds.toFixed(1) })}</Fact>
      </Facts>
    </Panel>
  );
}

function Budget({ budget }: { budget: NonNullable<ReplayResult["budget"]> }) {
  const { t } = useTranslation();
  const clock = useClock();
  if (budget.runsOutAt === null) return <Alert type="success" showIcon title={t("replay.budgetLasts")} description={t("replay.budgetUsed", { amount: formatFen(budget.costFen), hits: budget.hits.toLocaleString("en-US") })} />;
  return <Alert type="warning" showIcon title={t("replay.budgetEnds", { at: clock.instant(budget.runsOutAt) })} description={t("replay.budgetMissed", { amount: formatFen(budget.costFen), hits: budget.hits.toLocaleString("en-US"), missed: budget.missedHits.toLocaleString("en-US") })} />;
}

type TierRow = ReplayResult["byTier"][number];

function Tiers({ rows }: { rows: TierRow[] }) {
  const { t } = useTranslation();
  const money = useMoneySeries();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const name = (row: TierRow) => (row.isGuest ? t("order.guest") : (tiers.find((tier) => tier.id === row.tierId)?.name ?? t("replay.noTier")));
  const columns: Column<TierRow>[] = [
    { title: t("member.tier"), render: name },
    { title: t("dashboard.orders"), align: "end", render: (row) => row.orders.toLocaleString("en-US") },
    { title: t("replay.hits"), align: "end", render: (row) => `${row.hits.toLocaleString("en-US")} (${share(row.hits, row.orders)})` },
    { title: t("replay.gained"), align: "end", render: (row) => (row.isGuest ? "—" : row.members.toLocaleString("en-US")) },
    { title: t("replay.cost"), align: "end", render: (row) => formatFen(row.costFen) },
  ];
  const table = <RowTable label={t("replay.byTier")} columns={columns} rows={rows} rowKey={(row) => row.tierId ?? String(row.isGuest)} />;
  return <Figure title={t("replay.byTier")} labelTitle={t("member.tier")} labels={rows.map(name)} series={[money(t("replay.cost"), rows.map((row) => row.costFen))]} isHorizontal table={table} />;
}

type OverlapRow = ReplayResult["overlaps"][number];

function Overlaps({ rows }: { rows: OverlapRow[] }) {
  const { t } = useTranslation();
  const money = useMoneySeries();
  const columns: Column<OverlapRow>[] = [
    { title: t("menu.offers"), render: (row) => row.name },
    { title: t("replay.together"), align: "end", render: (row) => row.orders.toLocaleString("en-US") },
    { title: t("replay.before"), align: "end", render: (row) => formatFen(row.beforeFen) },
    { title: t("replay.after"), align: "end", render: (row) => formatFen(row.afterFen) },
    { title: t("replay.change"), align: "end", render: (row) => formatFen(row.afterFen - row.beforeFen) },
  ];
  if (rows.length === 0) return <Panel title={t("replay.overlaps")}><p className="rule-soft">{t("replay.noOverlaps")}</p></Panel>;
  const series = [money(t("replay.before"), rows.map((row) => row.beforeFen)), money(t("replay.after"), rows.map((row) => row.afterFen))];
  const table = <RowTable label={t("replay.overlaps")} columns={columns} rows={rows} rowKey={(row) => row.offerId} />;
  return <Figure title={t("replay.overlaps")} labelTitle={t("menu.offers")} labels={rows.map((row) => row.name)} series={series} isHorizontal table={table} />;
}
