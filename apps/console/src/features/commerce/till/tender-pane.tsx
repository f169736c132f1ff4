import { Button, type InputRef } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { Problem, problemOf, problemSentence } from "../../../api/problem.ts";
import { formatFen } from "../../../design/money.ts";
import { MoneyInput } from "../../../design/money-input.tsx";
import { ProblemAlert } from "../../../design/state.tsx";
import type { SoldOrder } from "../order.ts";
import { useShortcuts } from "./keys.ts";
import type { Quote, TenderRequest } from "./quote.ts";
import { likelyNotes, settle, type Tendered } from "./tender.ts";
import { WechatPayment } from "./wechat-payment.tsx";

/** What is paid: a quote, or somebody's share of a bill. */
interface Payable {
  dueFen: number;
  member: Pick<NonNullable<Quote["member"]>, "id" | "storedValueFen"> | null;
}

interface Props {
  orderId: string;
  quote: Payable;
  /** Where the tenders go, and what goes with them. */
  commit: { path: string; body: object };
  /** Without network the till writes the order down itself. */
  offline?: (tenders: TenderRequest[]) => Promise<SoldOrder>;
  points: TenderRequest | null;
  onBack: () => void;
  onDone: (order: SoldOrder, changeFen: number) => void;
  /** The quote no longer holds: the price, a coupon or a balance changed meanwhile. */
  onStale: (sentence: string) => void;
}

const kinds = [
  { kind: "cash", key: "Enter", codes: ["Enter", "NumpadEnter"] },
  { kind: "card", key: "/", codes: ["Slash", "NumpadDivide"] },
  { kind: "wechat", key: "*", codes: ["NumpadMultiply"] },
  { kind: "stored-value", key: "+", codes: ["NumpadAdd", "Equal"] },
] as const;

export function TenderPane({ orderId, quote, points, commit: target, offline, onBack, onDone, onStale }: Props) {
  const { t } = useTranslation();
  const [given, setGiven] = useState<Tendered[]>([]);
  const [wechatFen, setWechatFen] = useState<number | null>(null);
  const dueFen = quote.dueFen - (points?.amountFen ?? 0);
  const settlement = settle(dueFen, given);
  const [amountFen, setAmountFen] = useState<number | null>(settlement.restFen);
  const input = useRef<InputRef>(null);
  const commitButton = useRef<HTMLButtonElement>(null);
  const pointsTenders = points ? [points] : [];
  const { restFen } = settlement;
  const isReady = restFen === 0;
  const commit = useCommit({ target, offline, onStale, onDone: (order) => onDone(order, settlement.changeFen) });
  const send = () => {
    if (isReady && !commit.isPending) commit.mutate([...pointsTenders, ...settlement.tenders]);
  };
  useShortcuts({ F9: send });
  useEffect(() => {
    setAmountFen(restFen);
    // After the new amount is on the screen: typing must replace it, not add to it.
    const timer = setTimeout(() => (isReady ? commitButton.current?.focus() : input.current?.select()));
    return () => clearTimeout(timer);
  }, [restFen, isReady]);

  const balanceFen = (quote.member?.storedValueFen ?? 0) - given.filter((tender) => tender.kind === "stored-value").reduce((sum, tender) => sum + tender.givenFen, 0);
  const limitFen = (kind: Tendered["kind"]) => (kind === "cash" ? Number.MAX_SAFE_INTEGER : kind === "stored-value" ? Math.min(balanceFen, settlement.restFen) : settlement.restFen);
  const add = (kind: Tendered["kind"]) => {
    const fen = Math.min(amountFen ?? 0, limitFen(kind));
    if (fen <= 0) return;
    if (kind === "wechat" && offline) return;
    if (kind === "wechat") setWechatFen(fen);
    else setGiven([...given, { kind, givenFen: fen }]);
  };
  const press = (event: KeyboardEvent) => {
    const match = event.key === "*" ? kinds[2] : kinds.find((one) => (one.codes as readonly string[]).includes(event.code));
    if (!match || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!isReady) add(match.kind);
  };

  if (wechatFen !== null) {
    return <WechatPayment orderId={orderId} memberId={quote.member?.id} amountFen={wechatFen} onCancel={() => setWechatFen(null)} onPaid={(paymentId) => { setWechatFen(null); setGiven([...given, { kind: "wechat", givenFen: wechatFen, paymentId }]); }} />;
  }
  return (
    <section className="tender" aria-label={t("till.pay")}>
      <p className="due"><span>{t("till.due")}</span><strong className="num">{formatFen(dueFen)}</strong></p>
      {isReady ? null : (
        <div>
          <MoneyInput ref={input} size="large" aria-label={t("till.amount")} value={amountFen} onChange={setAmountFen} onKeyDown={press} key={given.length} autoFocus />
          <div className="notes">{likelyNotes(settlement.restFen).map((fen) => <Button key={fen} tabIndex={-1} onClick={() => setGiven([...given, { kind: "cash", givenFen: fen }])}>{formatFen(fen)}</Button>)}</div>
          <div className="tender-kinds">
            {kinds.map(({ kind, key }) => (
              <Button key={kind} size="large" disabled={(kind === "stored-value" && balanceFen <= 0) || (kind === "wechat" && Boolean(offline))} onClick={() => add(kind)}>
                <span>{t(`tender.${kind}`)}{kind === "stored-value" && quote.member ? <small className="num"> {formatFen(Math.max(balanceFen, 0))}</small> : null}</span>
                <kbd>{key}</kbd>
              </Button>
            ))}
          </div>
        </div>
      )}
      <ul className="sums tender-sums" aria-live="polite">
        {given.map((tender, index) => (
          <li key={index}>
            <span>{t(`tender.${tender.kind}`)}</span>
            <span>{formatFen(tender.givenFen)}{tender.paymentId ? null : <Button type="link" size="small" onClick={() => setGiven(given.filter((_one, other) => other !== index))}>{t("till.takeBack")}</Button>}</span>
          </li>
        ))}
        {pointsTenders.map((tender, index) => <li key={`points-${index}`}><span>{t("tender.points")} {tender.points ?? ""}</span><span>{formatFen(tender.amountFen ?? 0)}</span></li>)}
        <li className="sums-total"><span>{settlement.restFen ? t("till.rest") : t("till.change")}</span><span className={settlement.restFen ? "bad" : "good"}>{formatFen(settlement.restFen || settlement.changeFen)}</span></li>
      </ul>
      {commit.error instanceof Problem && commit.error.isOutcomeUnknown ? <p role="alert" className="unknown">{t("till.unknownOutcome")}</p> : <ProblemAlert error={commit.error} />}
      <div className="tender-foot">
        <Button size="large" onClick={onBack}>{t("till.back")}<kbd>Esc</kbd></Button>
        <Button ref={commitButton} type="primary" size="large" className="pay-button" disabled={!isReady} loading={commit.isPending} onClick={send}>{t("till.commit")}<kbd>F9</kbd></Button>
      </div>
    </section>
  );
}

/** Refusals after which the cashier must look at the order again before taking money. */
const staleCodes = /price-changed|quote|share-paid|bill-changed|order-exists|coupon|insufficient|stock|budget|used-up/;

function useCommit({ target, offline, onStale, onDone }: Pick<Props, "onStale"> & { target: Props["commit"]; offline: Props["offline"] | undefined; onDone: (order: SoldOrder) => void }) {
  const { t } = useTranslation();
  return useAction<TenderRequest[], SoldOrder>({
    run: async (tenders, key) => {
      if (offline) return offline(tenders);
      try {
        return await api.post<SoldOrder>(target.path, { ...target.body, tenders }, key);
      } catch (error) {
        if (problemOf(error).status === 409 && staleCodes.test(problemOf(error).code)) onStale(problemSentence(t, error));
        throw error;
      }
    },
    refreshes: [["/orders"], ["dashboard"], ["members"], ["/members"]],
    onDone,
  });
}
