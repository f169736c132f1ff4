import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { formatFen, formatFenShort } from "../../design/money.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { useMenus } from "../../shell/own-menu.ts";
import { useCan } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { type Dashboard, dashboardQuery, percentOf, useLiveDashboard } from "./dashboard.ts";

/** The chart library is the heaviest thing in the console: it comes after the figures. */
const Figure = lazy(() => import("./figure.tsx").then((module) => ({ default: module.Figure })));

export function DashboardPage() {
  const { t } = useTranslation();
  const can = useCan();
  const { own, isPending } = useMenus();
  if (can("dashboard.read")) return <LiveDashboard />;
  if (isPending) return <LoadingState rows={12} />;
  const [first] = own?.[0]?.entries ?? [];
  if (first && first.to !== "/") return <Navigate to={first.to} replace />;
  if (can("till.use")) return <Navigate to="/till" replace />;
  if (can("members.read")) return <Navigate to="/members" replace />;
  return <EmptyState title={t("dashboard.nothing")} text={t("dashboard.nothingText")} />;
}

function LiveDashboard() {
  const { t } = useTranslation();
  const { store } = useStoreChoice();
  const dashboard = useQuery(dashboardQuery(store?.id));
  const isLive = useLiveDashboard();
  return (
    <PageFrame
      title={t("menu.dashboard")}
      lead={store?.name ?? t("dashboard.allStores")}
      actions={<span role="status" className={isLive ? "live is-on" : "live"}>{isLive ? t("dashboard.live") : t("dashboard.notLive")}</span>}
    >
      {dashboard.isError ? <FailureState error={dashboard.error} onRetry={() => void dashboard.refetch()} /> : dashboard.data ? <Figures data={dashboard.data} showsStores={!store} /> : <LoadingState rows={12} />}
    </PageFrame>
  );
}

function Figures({ data, showsStores }: { data: Dashboard; showsStores: boolean }) {
  const { t, i18n } = useTranslation();
  const { today, yesterday } = data;
  const before = data.untilSameMinute ?? yesterday;
  const memberShare = percentOf(today.memberNetFen, today.netFen);
  const shareBefore = percentOf(before.memberNetFen, before.netFen);
  const short = (fen: number) => formatFenShort(fen, i18n.language);
  const days = data.days.map((day) => day.on.slice(5));
  const hours = openHours(data.hours);
  return (
    <>
      <div className="tiles">
        <Tile label={t("dashboard.net")} value={formatFen(today.netFen)} change={change(today.netFen, before.netFen)} note={today.refundedFen ? t("dashboard.refunded", { amount: formatFen(today.refundedFen) }) : ""} />
        <Tile label={t("dashboard.orders")} value={today.orders.toLocaleString("en-US")} change={change(today.orders, before.orders)} note={today.orders ? t("dashboard.average", { amount: formatFen(Math.round(today.netFen / today.orders)) }) : ""} />
        <Tile label={t("dashboard.newMembers")} value={today.newMembers.toLocaleString("en-US")} change={change(today.newMembers, before.newMembers)} note={t("dashboard.yesterday", { value: before.newMembers })} />
        <Tile label={t("dashboard.memberShare")} value={memberShare === null ? "—" : `${memberShare}%`} change={null} note={shareBefore === null ? "" : t("dashboard.yesterday", { value: `${shareBefore}%` })} />
      </div>
      <Suspense fallback={<LoadingState rows={8} />}>
        <Figure
          title={t("dashboard.days")}
          labels={days}
          labelTitle={t("dashboard.day")}
          series={[
            { name: t("dashboard.net"), kind: "line", values: data.days.map((day) => day.netFen), text: formatFen, axisText: short },
            { name: t("dashboard.memberNet"), kind: "line", values: data.days.map((day) => day.memberNetFen), text: formatFen, axisText: short },
          ]}
        />
        <div className="columns">
          <Figure title={t("dashboard.hours")} labels={hours.map((one) => `${one.hour}:00`)} labelTitle={t("dashboard.hour")} series={[{ name: t("dashboard.net"), kind: "bar", values: hours.map((one) => one.netFen), text: formatFen, axisText: short }]} />
          {showsStores ? (
            <Figure title={t("dashboard.topStores")} labels={data.topStores.map((one) => one.name)} labelTitle={t("shell.store")} isHorizontal series={[{ name: t("dashboard.net"), kind: "bar", values: data.topStores.map((one) => one.netFen), text: formatFen, axisText: short }]} />
          ) : (
            <Figure title={t("dashboard.newMembers")} labels={days} labelTitle={t("dashboard.day")} series={[{ name: t("dashboard.newMembers"), kind: "bar", values: data.days.map((day) => day.newMembers), text: String, axisText: String }]} />
          )}
        </div>
      </Suspense>
    </>
  );
}

/** No change is neither good nor bad: a dash without a colour. */
function Change({ percent }: { percent: number | null }) {
  if (percent === null) return null;
  if (percent === 0) return <span>— 0% </span>;
  return <span className={percent > 0 ? "good" : "bad"}>{percent > 0 ? "▲" : "▼"} {Math.abs(percent)}% </span>;
}

/** The day without the hours before the first and after the last order. */
function openHours(hours: Dashboard["hours"]): Dashboard["hours"] {
  const first = hours.findIndex((one) => one.orders > 0);
  const last = hours.findLastIndex((one) => one.orders > 0);
  return first < 0 ? [] : hours.slice(first, last + 1);
}

const change = (now: number, before: number) => percentOf(now - before, before);

function Tile({ label, value, change: percent, note }: { label: string; value: string; change: number | null; note: string }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={label}>
      <p className="tile-label">{label}</p>
      <p className="tile-value">{value}</p>
      <p className="tile-note">
        <Change percent={percent} />
        {percent === null ? note : [t("dashboard.againstYesterday"), note].filter(Boolean).join(" · ")}
      </p>
    </section>
  );
}
