import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { useClock } from "../../design/clock.ts";
import { formatFen } from "../../design/money.ts";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { useStoreName } from "../../shell/store-choice.ts";
import type { TimelineEntry } from "./member.ts";

export function MemberTimeline({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const path = `/members/${memberId}/timeline`;
  const timeline = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam }) => api.get<Page<TimelineEntry>>(path, { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor ?? null,
  });
  if (timeline.isError) return <FailureState error={timeline.error} onRetry={() => void timeline.refetch()} />;
  if (!timeline.data) return <LoadingState />;
  const entries = timeline.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <div className="panel"><EmptyState title={t("member.noTimeline")} /></div>;
  return (
    <div className="panel">
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{clock.instant(entry.at)}</time>
            <strong>{t(`timeline.${entry.kind}`, { defaultValue: entry.kind })}</strong>{" "}
            <TimelineDetail entry={entry} />
            {typeof entry["orderId"] === "string" ? <> · <Link to="/orders/$orderId" params={{ orderId: entry["orderId"] }}>{entry["orderId"]}</Link></> : null}
          </li>
        ))}
      </ol>
      {timeline.hasNextPage ? <Button onClick={() => void timeline.fetchNextPage()} loading={timeline.isFetchingNextPage}>{t("table.more")}</Button> : null}
    </div>
  );
}

/** An entry keeps its event as it was told; what is worth reading of it depends on what it holds. */
function TimelineDetail({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const storeName = useStoreName();
  const text = (name: string) => (typeof entry[name] === "string" ? (entry[name] as string) : "");
  const number = (name: string) => (typeof entry[name] === "number" ? (entry[name] as number) : 0);
  const points = number("points") || number("pointsEarned") - number("pointsSpent");
  const parts = [
    text("name"),
    text("tag"),
    text("storeId") ? storeName(text("storeId")) : "",
    number("netFen") ? formatFen(number("netFen")) : "",
    number("amountFen") ? formatFen(-number("amountFen")) : "",
    number("principalFen") ? t("member.split", { principal: formatFen(number("principalFen")), bonus: formatFen(number("bonusFen")) }) : "",
    points ? t("till.pointsCount", { points: points > 0 ? `+${points}` : `−${-points}` }) : "",
    entry.kind === "loyalty.life-stage-changed" ? t("lifecycle.moved", { from: t(`lifecycle.stages.${text("from") || "potential"}`), to: t(`lifecycle.stages.${text("to")}`), reason: t(`lifecycle.reasons.${text("reason")}`) })
      : "from" in entry && "to" in entry ? `${text("from") || "—"} → ${text("to") || "—"}` : text("reason"),
  ];
  return <>{parts.filter(Boolean).join(" · ")}</>;
}
