import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../../shell/session.ts";
import { memberQuery } from "../../../customers/member.ts";
import type { TillMember } from "../cart.ts";
import { TenderPane } from "../tender-pane.tsx";
import type { Bill, Share } from "./bill.ts";
import { PersonMember } from "./person-member.tsx";

interface Props {
  bill: Bill;
  share: Share;
  onBack: () => void;
  onPaid: () => void;
}

/** One guest pays one share like every order: whoever pays is its member and earns. */
export function ShareTender({ bill, share, onBack, onPaid }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const [payer, setPayer] = useState<TillMember | null>(share.memberId ? { id: share.memberId, memberNo: "", name: share.memberName } : null);
  const known = useQuery({ ...memberQuery(payer?.id ?? ""), enabled: payer !== null && can("members.read") });
  const storedValue = known.data?.storedValue;
  const member = payer && { id: payer.id, storedValueFen: (storedValue?.principalFen ?? 0) + (storedValue?.bonusFen ?? 0) };
  return (
    <>
      <header className="row split-head"><h2>{t("split.shareOf", { name: share.name })}</h2><PersonMember member={payer} onChange={setPayer} /></header>
      <TenderPane
        key={`${payer?.id}`}
        orderId={share.orderId}
        quote={{ dueFen: share.totalFen, member }}
        points={null}
        commit={{ path: `/bills/${bill.id}/shares/${share.no}:pay`, body: { memberId: payer?.id ?? null, revision: bill.revision } }}
        onBack={onBack}
        onDone={onPaid}
        onStale={onPaid}
      />
    </>
  );
}
