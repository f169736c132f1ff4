import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { formatFen } from "../../design/money.ts";
import type { QuotedPart, Step, WithdrawalQuote } from "./prepaid.ts";
import "./prepaid.css";

/** The whole computation, line by line, as it was or will be carried out. */
export function QuoteSteps({ quote }: { quote: WithdrawalQuote }) {
  const { t } = useTranslation();
  return (
    <div className="quote-parts">
      {quote.parts.length === 0 ? <p className="soft">{t("withdrawal.nothing")}</p> : null}
      {quote.parts.map((part) => <PartSteps key={part.sourceId} part={part} />)}
      <p className="quote-total"><span>{t("withdrawal.total")}</span><strong className="num">{formatFen(quote.refundFen)}</strong></p>
    </div>
  );
}

function PartSteps({ part }: { part: QuotedPart }) {
  const { t } = useTranslation();
  const clock = useClock();
  return (
    <section className="quote-part" aria-label={clock.instant(part.at)}>
      <h3>{t(part.kind === "card" ? "withdrawal.cardOf" : "withdrawal.topUpOf", { at: clock.instant(part.at) })}</h3>
      <ol>
        {part.steps.map((step, index) => (
          <li key={index} className={step.code === "refund" ? "is-result" : ""}>
            <span>{t(`withdrawal.step.${step.code}`, wordsOf(step))}</span>
            {silent.has(step.code) ? null : <span className="num">{sign(step)}{formatFen(step.fen)}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const silent = new Set(["owes-nothing", "seven-days-over", "known-before"]);
const taken = new Set(["ratio", "at-list", "uses", "days"]);
const sign = (step: Step) => (taken.has(step.code) ? "− " : step.code === "refund" ? "= " : "");

const wordsOf = ({ numerator, denominator, count, fen }: Step) => ({
  numerator: numerator === undefined ? "" : String(numerator), denominator: denominator === undefined ? "" : String(denominator), count: count ?? 0, fen: formatFen(fen),
  paid: numerator === undefined ? "" : formatFen(numerator), face: denominator === undefined ? "" : formatFen(denominator),
});
