import { App } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Refused, type Refusals, tellingOf } from "./refusal.ts";
import type { Sea, SeaOutcome } from "./sea.ts";
import type { Move } from "./standing.ts";

const namedMost = 5;

/** Says what became of a wish: in passing where it went through, to be read where something was refused. */
export function useTelling(pool: Sea) {
  const { t } = useTranslation();
  const clock = useClock();
  const { message, modal } = App.useApp();
  const why = (code: string) => t(`sea.refused.${code}`, { defaultValue: code, capacity: pool.capacity, claims: pool.claimsPerDay });
  const nameOf = ({ title, owner, until }: Refused) => [title, owner ?? (until && t("sea.until", { on: clock.day(until) }))].filter(Boolean).join(" · ");
  return (move: Move, records: readonly { id: string; title: string }[], outcomes: readonly SeaOutcome[]) => {
    const { moved, unchanged, refusals } = tellingOf(records, outcomes);
    const [first] = refusals;
    if (!first) {
      void message.success(unchanged > 0 && moved === 0 ? t("sea.unchanged") : doneText(t, move, records, moved));
      return;
    }
    modal.warning({
      title: moved > 0 ? t("sea.partly", { moved: t(`sea.doneMany.${move}`, { count: moved }), count: outcomes.length - moved - unchanged }) : t(`sea.notDone.${move}`),
      okText: t("sea.understood"), content: <RefusalList refusals={refusals} why={why} nameOf={nameOf} />,
    });
  };
}

const doneText = (t: TFunction, move: Move, records: readonly { title: string }[], moved: number): string =>
  records.length === 1 ? t(`sea.doneOne.${move}`, { title: records[0]?.title }) : t(`sea.doneMany.${move}`, { count: moved });

interface Props {
  refusals: readonly Refusals[];
  why: (code: string) => string;
  nameOf: (one: Refused) => string;
}

function RefusalList({ refusals, why, nameOf }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="sea-refusals">
      {refusals.map(({ code, records }) => (
        <li key={code}>
          <strong>{why(code)}</strong> {records.length > 1 ? <span className="soft">{t("sea.records", { count: records.length })}</span> : null}
          <ul className="soft">
            {records.slice(0, namedMost).map((one, at) => <li key={at}>{nameOf(one)}</li>)}
            {records.length > namedMost ? <li>{t("sea.andMore", { count: records.length - namedMost })}</li> : null}
          </ul>
        </li>
      ))}
    </ul>
  );
}
