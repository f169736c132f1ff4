import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { TabList } from "../../design/tab-list.tsx";
import { useCan } from "../../shell/session.ts";
import { MemberRights } from "../benefits/member-rights.tsx";
import { MemberBenefits } from "../benefits/member-benefits.tsx";
import { HeldValue, PointsMonths } from "../loyalty/held-value.tsx";
import { LifeStageHistory } from "../loyalty/life-stage-history.tsx";
import { LifeStageTag } from "../loyalty/life-stage-tag.tsx";
import { PointsActions } from "../loyalty/points-actions.tsx";
import { PointsAdjustment } from "../loyalty/points-adjustment.tsx";
import { MemberCards } from "../payments/member-cards.tsx";
import { MemberPrepaid } from "../payments/member-prepaid.tsx";
import { TopUp } from "../payments/top-up.tsx";
import { Thread } from "../platform/thread.tsx";
import { type Member, memberQuery } from "./member.ts";
import { MemberBalances } from "./member-balances.tsx";
import { MemberEdit } from "./member-edit.tsx";
import { MemberIdentityTab } from "./member-identity.tsx";
import { MemberPrivacy } from "./member-privacy.tsx";
import { MemberHistory } from "./member-history.tsx";
import { MemberProfile } from "./member-profile.tsx";
import { CouponList, OrderStatement, PointsStatement, StoredValueStatement } from "./member-statements.tsx";
import { MemberTimeline } from "./member-timeline.tsx";
import { TierTag } from "./tier-tag.tsx";

export function MemberPage() {
  const { memberId } = useParams({ strict: false }) as { memberId: string };
  const member = useQuery(memberQuery(memberId));
  if (member.isError) return <FailureState error={member.error} onRetry={() => void member.refetch()} />;
  if (!member.data) return <LoadingState rows={12} />;
  // By member: what was opened or revealed of one does not stay when another is gone to.
  return <MemberView key={memberId} member={member.data} />;
}

type Open = "edit" | "points" | "topUp" | null;

function MemberView({ member }: { member: Member }) {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState<Open>(null);
  const [{ tab = "timeline" }, setFilters] = useFilters();
  const close = () => setOpen(null);
  const tabs = [
    { key: "timeline", label: t("member.timeline"), content: <MemberTimeline memberId={member.id} /> },
    { key: "comments", label: t("thread.title"), content: <div className="panel"><Thread subject={{ kind: "member", id: member.id }} /></div> },
    { key: "points", label: t("member.pointsStatement"), content: <div className="stack"><PointsMonths memberId={member.id} /><PointsStatement memberId={member.id} /></div> },
    { key: "held", label: t("held.tab"), content: <HeldValue member={member} /> },
    { key: "storedValue", label: t("member.storedValueStatement"), content: <StoredValueStatement memberId={member.id} /> },
    { key: "prepaid", label: t("prepaid.tab"), content: <MemberPrepaid memberId={member.id} /> },
    { key: "cards", label: t("memberCard.tab"), content: <MemberCards memberId={member.id} /> },
    { key: "coupons", label: t("member.coupons"), content: <CouponList memberId={member.id} /> },
    { key: "benefits", label: t("benefit.tab"), content: <MemberBenefits memberId={member.id} /> },
    { key: "lifeStages", label: t("lifecycle.stage"), content: <LifeStageHistory memberId={member.id} /> },
    { key: "identity", label: t("identity.tab"), content: <MemberIdentityTab member={member} /> },
    { key: "history", label: t("history.tab"), content: <MemberHistory member={member} /> },
    { key: "privacy", label: t("privacy.tab"), content: <MemberPrivacy member={member} /> },
    ...(can("orders.read") ? [{ key: "orders", label: t("menu.orders"), content: <OrderStatement memberId={member.id} /> }] : []),
  ];
  return (
    <PageFrame
      title={member.name || t("member.nameless")}
      lead={<span className="row"><TierTag tier={member.tier} /><LifeStageTag stage={member.lifeStage.stage} since={member.lifeStage.since} /><MemberRights member={member} /><span className="num">{member.memberNo}</span></span>}
      actions={
        <>
          {can("members.write") ? <Button onClick={() => setOpen("edit")}>{t("member.edit")}</Button> : null}
          {can("points.adjust") ? <Button onClick={() => setOpen("points")}>{t("member.adjustPoints")}</Button> : null}
          <PointsActions member={member} />
          {can("stored-value.top-up") ? <Button type="primary" onClick={() => setOpen("topUp")}>{t("member.topUp")}</Button> : null}
        </>
      }
    >
      <MemberBalances member={member} />
      <div className="member-body">
        <MemberProfile member={member} />
        <TabList label={t("member.statements")} active={tab} onChange={(key) => setFilters({ tab: key })} tabs={tabs} />
      </div>
      <MemberEdit member={member} isOpen={open === "edit"} onClose={close} />
      <PointsAdjustment member={member} isOpen={open === "points"} onClose={close} />
      <TopUp memberId={member.id} isOpen={open === "topUp"} onClose={close} />
    </PageFrame>
  );
}
