import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CandidateList } from "../candidate-list.tsx";
import type { TillMember } from "../cart.ts";
import { useShortcuts } from "../keys.ts";
import { pointsTender } from "../quote.ts";
import { TenderPane } from "../tender-pane.tsx";
import { type Bill, type Share, shareCandidates } from "./bill.ts";
import { PersonMember } from "./person-member.tsx";

interface Props {
  bill: Bill;
  share: Share;
  onBack: () => void;
  onPaid: () => void;
}

/** One guest pays one share like every order: whoever pays is its member, spends their own points and stored value, and earns. */
export function ShareTender({ bill, share, onBack, onPaid }: Props) {
  const { t } = useTranslation();
  const [payer, setPayer] = useState<TillMember | null>(share.memberId ? { id: share.memberId, memberNo: "", name: share.memberName } : null);
  const [usesPoints, setUsesPoints] = useState(false);
  const { data: means } = useQuery({ ...shareCandidates(bill.id, share.no, payer?.id ?? ""), enabled: payer !== null });
  const mine = payer ? means : undefined;
  const points = mine ? pointsTender(mine) : null;
  const togglePoints = () => setUsesPoints(!usesPoints && points !== null);
  useShortcuts({ F6: togglePoints });
  return (
    <>
      <header className="row split-head"><h2>{t("split.shareOf", { name: share.name })}</h2><PersonMember member={payer} onChange={(member) => { setPayer(member); setUsesPoints(false); }} /></header>
      {mine ? <CandidateList quote={{ candidates: mine.candidates, couponIds: [] }} usesPoints={usesPoints} onPoints={togglePoints} /> : null}
      <TenderPane
        key={`${payer?.id} ${usesPoints}`}
        orderId={share.orderId}
        quote={{ dueFen: share.totalFen, member: payer && { id: payer.id, storedValueFen: mine?.storedValueFen ?? 0 } }}
        points={usesPoints ? points : null}
        commit={{ path: `/bills/${bill.id}/shares/${share.no}:pay`, body: { memberId: payer?.id ?? null, revision: bill.revision } }}
        onBack={onBack}
        onDone={onPaid}
        onStale={onPaid}
      />
    </>
  );
}
