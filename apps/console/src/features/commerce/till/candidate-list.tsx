import { useTranslation } from "react-i18next";
import { formatFen } from "../../../design/money.ts";
import type { Candidate, Quote, Reason } from "./quote.ts";

interface Props {
  quote: Pick<Quote, "candidates" | "couponIds"> | undefined;
  usesPoints: boolean;
  onPoints: () => void;
  onCoupon?: (couponId: string) => void;
}

/** Every benefit the guest could have: what is applied, what may be chosen, and for the rest why not and how far away it is. */
export function CandidateList({ quote, usesPoints, onPoints, onCoupon }: Props) {
  const { t } = useTranslation();
  if (!quote) return <div className="candidates" />;
  const coupons = quote.candidates.filter((candidate) => candidate.kind === "coupon");
  const ranked = [...quote.candidates].sort((a, b) => rank(a) - rank(b));
  return (
    <section className="candidates" aria-label={t("till.candidates")} aria-live="polite">
      {ranked.length === 0 ? <p className="soft">{t("till.noCandidates")}</p> : null}
      <ul>
        {ranked.map((candidate) => {
          const nth = coupons.indexOf(candidate) + 1;
          const isChosen = candidate.kind === "points" ? usesPoints : quote.couponIds.includes(candidate.id);
          const choose = () => (candidate.kind === "points" ? onPoints() : onCoupon?.(candidate.id));
          const isChoosable = (candidate.kind === "coupon" || candidate.kind === "points") && (candidate.applies || isChosen);
          return <CandidateRow key={candidate.kind + candidate.id} candidate={candidate} applied={candidate.kind === "points" ? isChosen : candidate.applied} isChosen={isChosen} shortcut={candidate.kind === "points" ? "F6" : nth > 0 && nth < 10 ? `Alt+${nth}` : ""} {...(isChoosable && { onChoose: choose })} />;
        })}
      </ul>
    </section>
  );
}

const rank = (candidate: Candidate) => (candidate.applied ? 0 : candidate.applies ? 1 : 2);

/** Offers and coupons bear the merchant's names; these two are ours to name. */
const tenderNames: Partial<Record<Candidate["kind"], string>> = { points: "till.usePoints", "stored-value": "tender.stored-value" };

interface RowProps {
  candidate: Candidate;
  applied: boolean;
  isChosen: boolean;
  shortcut: string;
  onChoose?: () => void;
}

function CandidateRow({ candidate, applied, isChosen, shortcut, onChoose }: RowProps) {
  const { t } = useTranslation();
  const state = applied ? "is-applied" : candidate.applies ? "is-possible" : "is-blocked";
  const content = (
    <>
      <span className="candidate-mark" aria-hidden="true">{applied ? "✓" : candidate.applies ? "＋" : "·"}</span>
      <span className="candidate-text">
        <span><span className="unseen">{t(applied ? "till.applied" : candidate.applies ? "till.possible" : "till.blocked")} </span>{tenderNames[candidate.kind] ? t(tenderNames[candidate.kind] ?? "") : <>{candidate.name} <span className="candidate-kind">{t(`candidateKind.${candidate.kind}`)}</span></>}</span>
        {applied || candidate.applies ? null : <small>{candidate.reasons.map((reason) => <ReasonText key={reason.code} reason={reason} />)}</small>}
      </span>
      {candidate.amountFen > 0 && (applied || candidate.applies) ? <b className="num">{formatFen(candidate.kind === "stored-value" ? candidate.amountFen : -candidate.amountFen)}</b> : null}
      {onChoose && shortcut ? <kbd>{shortcut}</kbd> : null}
    </>
  );
  return (
    <li className={`candidate ${state}`}>
      {onChoose ? <button type="button" className="row-button" aria-pressed={isChosen} onClick={onChoose}>{content}</button> : <div className="row-button">{content}</div>}
    </li>
  );
}

function ReasonText({ reason }: { reason: Reason }) {
  const { t } = useTranslation();
  const distance = reason.missing?.amountFen ? t("till.missingAmount", { amount: formatFen(reason.missing.amountFen) }) : reason.missing?.quantity ? t("till.missingQuantity", { count: reason.missing.quantity }) : "";
  const text = t(`reason.${reason.code}`, { defaultValue: reason.message });
  return <span className="reason">{distance ? <em>{distance}</em> : text} </span>;
}
