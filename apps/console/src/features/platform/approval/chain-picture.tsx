import { useTranslation } from "react-i18next";
import { useClock } from "../../../design/clock.ts";
import { type Approval, stepName } from "./approval.ts";
import "./approval.css";

type Step = Approval["chain"][number];
type Seat = Step["seats"][number];

/** Who has agreed, who is asked now, who comes later: left to right, on a phone from top to bottom. */
export function ChainPicture({ chain }: { chain: Approval["chain"] }) {
  const { t } = useTranslation();
  return (
    <ol className="chain" aria-label={t("approval.chain")}>
      {chain.map((step, no) => (
        <li key={no} className={`chain-step is-${step.state}`} aria-current={step.state === "open" ? "step" : undefined}>
          <span className="chain-mark" aria-hidden="true">{step.state === "done" ? "✓" : no + 1}</span>
          <div className="chain-body">
            <strong>{stepName(t, step.name)}</strong>
            <span className="soft">{t(`approval.mode.${step.mode}`)} · {t(`approval.stepState.${step.state}`)}</span>
            <ul className="chain-faces">
              {step.seats.filter((seat) => seat.state !== "passed").map((seat) => <Face key={seat.person.id} seat={seat} />)}
              {step.seats.length === 0 ? step.people.map((name) => <li key={name} className="face is-coming"><span className="face-mark" aria-hidden="true">{[...name][0]}</span><span>{name}</span></li>) : null}
            </ul>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Face({ seat }: { seat: Seat }) {
  const { t } = useTranslation();
  const clock = useClock();
  const { person, state, decidedBy, decidedAt, comment, forName } = seat;
  const deputy = decidedBy && decidedBy !== person.name ? t("approval.byDeputy", { name: decidedBy }) : null;
  return (
    <li className={`face is-${state}`}>
      <span className="face-mark" aria-hidden="true">{[...person.name][0]}</span>
      <span>
        {person.name} <span className="face-state">{t(`approval.seat.${state}`)}</span>
        {[forName ? t("approval.forName", { name: forName }) : null, deputy, decidedAt ? clock.instant(decidedAt) : null].filter(Boolean).map((line) => <span key={line} className="soft"> · {line}</span>)}
        {comment ? <q className="face-comment">{comment}</q> : null}
      </span>
    </li>
  );
}
