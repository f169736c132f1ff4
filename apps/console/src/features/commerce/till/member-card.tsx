import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { useClock } from "../../../design/clock.ts";
import { formatFen } from "../../../design/money.ts";
import { useCan } from "../../../shell/session.ts";
import { MemberRights } from "../../benefits/member-rights.tsx";
import { memberQuery } from "../../customers/member.ts";
import { TierTag } from "../../customers/tier-tag.tsx";
import { TillCards } from "../../payments/till-cards.tsx";
import { TopUp } from "../../payments/top-up.tsx";
import type { Cart, CartAction } from "./cart.ts";
import type { Quote } from "./quote.ts";

interface Props {
  cart: Cart;
  quote: Quote | undefined;
  change: (action: CartAction) => void;
  onFind: () => void;
  onTouched: () => void;
}

export function MemberCard({ cart, quote, change, onFind, onTouched }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const clock = useClock();
  const [isToppingUp, setToppingUp] = useState(false);
  const memberId = cart.member?.id ?? "";
  const known = useQuery({ ...memberQuery(memberId), enabled: memberId !== "" && can("members.read") });
  if (!cart.member) {
    return <button type="button" className="till-member is-guest" onClick={onFind}>{t("till.guest")}<kbd>F4</kbd></button>;
  }
  const member = known.data;
  const inQuote = quote?.member?.id === memberId ? quote.member : null;
  const points = inQuote?.points ?? member?.points.active;
  const storedValueFen = inQuote?.storedValueFen ?? cart.member.offline?.restFen ?? (member ? member.storedValue.principalFen + member.storedValue.bonusFen : undefined);
  return (
    <section className="till-member" aria-label={t("order.member")}>
      <div className="row">
        <strong className="till-member-name">{cart.member.name || t("member.nameless")}</strong>
        <TierTag tier={member?.tier ?? (inQuote?.tier ? { name: inQuote.tier, rank: 1 } : null)} />
        <MemberRights member={member} />
        <span className="soft">{member?.phoneMasked ?? cart.member.memberNo}</span>
        <Button type="text" className="till-member-remove" icon={<CloseOutlined />} aria-label={t("till.removeMember")} onClick={() => { change({ kind: "member", member: null }); onTouched(); }} />
      </div>
      <div className="row till-balances">
        <span>{t("member.points")} <b className="num">{points?.toLocaleString("en-US") ?? "…"}</b></span>
        <span>{t("member.storedValue")} <b className="num">{storedValueFen === undefined ? "…" : formatFen(storedValueFen)}</b></span>
        <span>{t("member.couponsUsable")} <b className="num">{member?.couponsUsable ?? "…"}</b></span>
        <TillCards memberId={memberId} />
        {member?.points.expiringSoon ? <span className="soft">{t("member.expiringSoon", { points: member.points.expiringSoon.points, on: clock.day(member.points.expiringSoon.on) })}</span> : null}
        {can("stored-value.top-up") ? <Button size="small" onClick={() => setToppingUp(true)}>{t("member.topUp")}</Button> : null}
      </div>
      <TopUp memberId={memberId} isOpen={isToppingUp} onClose={() => { setToppingUp(false); onTouched(); }} />
    </section>
  );
}
