import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { useLabel } from "../objects/object.ts";
import { MoveButtons, useLooker } from "./move-buttons.tsx";
import { useMoving } from "./moving.tsx";
import { ProtectionText } from "./protection.tsx";
import { othersOf, type Ownership, type Sea, seasQuery, useLiveSea } from "./sea.ts";
import { movesOf } from "./standing.ts";
import "./sea.css";

interface Props {
  objectKey: string;
  record: { id: string; title: string };
}

/** Who a record belongs to, until when, and how it came there; nothing where its object has no pool. */
export function OwnershipPanel({ objectKey, record }: Props) {
  const { t } = useTranslation();
  const seas = useQuery({ ...seasQuery, enabled: useCan()("seas.read") });
  const isPooled = seas.data?.items.some((pool) => pool.objectKey === objectKey) ?? false;
  const ownership = useQuery({ queryKey: ["records", record.id, "ownership"], enabled: isPooled, queryFn: () => api.get<Ownership>(`/records/${record.id}/ownership`) });
  useLiveSea(ownership.data?.pool.id, [["records", record.id, "ownership"]]);
  if (!isPooled) return null;
  if (ownership.isError) return <Panel title={t("sea.ownership")}><FailureState error={ownership.error} onRetry={() => void ownership.refetch()} /></Panel>;
  const pool = seas.data?.items.find((one) => one.id === ownership.data?.pool.id);
  if (!ownership.data || !pool) return <LoadingState rows={3} />;
  return <Standing record={record} ownership={ownership.data} pool={pool} others={othersOf(pool, seas.data?.items ?? [])} />;
}

function Standing({ record, ownership, pool, others }: Pick<Props, "record"> & { ownership: Ownership; pool: Sea; others: readonly Sea[] }) {
  const { t } = useTranslation();
  const clock = useClock();
  const label = useLabel();
  const looker = useLooker(others.length > 0);
  const moving = useMoving(pool, others);
  const { owner, since, touchedAt, dueAt, reasonDue, extensionsLeft, history, coolDownUntil } = ownership;
  return (
    <Panel title={t("sea.ownership")} extra={<MoveButtons moves={movesOf(ownership, looker)} onMove={(move) => moving.move(move, [record])} isMoving={moving.isMoving(record.id)} coolDownUntil={coolDownUntil} />}>
      <div className="stack">
        <Facts>
          <Fact label={t("sea.pool")}>{label(pool)}</Fact>
          <Fact label={t("sea.owner")}>{owner?.name ?? t("sea.nobody")}</Fact>
          <Fact label={t(owner ? "sea.ownedSince" : "sea.inSeaSince")}>{clock.day(since)}</Fact>
          {owner ? <Fact label={t("sea.touched")}>{clock.day(touchedAt)}</Fact> : null}
          {owner ? <Fact label={t("sea.left")}><ProtectionText of={ownership} />{dueAt && reasonDue ? <div className="soft">{t(`sea.reasonDue.${reasonDue}`)}</div> : null}</Fact> : null}
          {owner && dueAt && pool.extensions > 0 ? <Fact label={t("sea.extensionsLeft")}>{extensionsLeft}</Fact> : null}
        </Facts>
        <History history={history} />
      </div>
      {moving.dialog}
    </Panel>
  );
}

type Entry = Ownership["history"][number];

function History({ history }: Pick<Ownership, "history">) {
  const { t } = useTranslation();
  const clock = useClock();
  return (
    <ol className="timeline" aria-label={t("sea.history")}>
      {history.map((entry, index) => <li key={index}><time dateTime={entry.at}>{clock.instant(entry.at)}</time><EntryText entry={entry} /></li>)}
    </ol>
  );
}

/** Nobody assigns without a name but the system: to whoever made the record by hand. */
const tellingOf = ({ kind, from, by }: Entry): string => (kind === "assign" && by === null ? "make" : kind === "return" && from?.name === by ? "giveBack" : kind);

function EntryText({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const { from, to, by, reason } = entry;
  const telling = tellingOf(entry);
  const words = t(`sea.entry.${telling}`, { from: from?.name ?? t("sea.somebody"), to: to?.name ?? t("sea.somebody"), by: by ?? t("sea.system") });
  return <>{words}{reason && telling !== "make" ? <span className="soft"> · {reason}</span> : null}</>;
}
