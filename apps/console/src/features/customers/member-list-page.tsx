import { UserAddOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Tag } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreChoice, useStoreName } from "../../shell/store-choice.ts";
import { lifeStages } from "../loyalty/lifecycle.ts";
import { LifeStageTag } from "../loyalty/life-stage-tag.tsx";
import { tiersQuery } from "../loyalty/tier.ts";
import { NounConditions, useCustomColumns } from "../objects/noun-custom.tsx";
import { ExportButton } from "../platform/export-button.tsx";
import { ImportButton } from "../platform/import/import-button.tsx";
import type { MemberRow } from "./member.ts";
import { TierTag } from "./tier-tag.tsx";

/** Forms come when somebody opens one: the list itself is what is looked at all day. */
const QuickRegister = lazy(() => import("./quick-register.tsx").then((module) => ({ default: module.QuickRegister })));

export function MemberListPage() {
  const { t } = useTranslation();
  const [filters] = useFilters();
  const { listStoreId: storeId } = useStoreChoice();
  const can = useCan();
  const navigate = useNavigate();
  const [isRegistering, setRegistering] = useState(false);
  const tiers = useQuery(tiersQuery);
  const columns = useMemberColumns();
  const { q, tierId, lifeStage, tag, filter, sort } = filters;
  const query = { q, tierId, lifeStage, tag, filter, sort, storeId };
  return (
    <PageFrame
      title={t("menu.members")}
      lead={t("member.listLead")}
      actions={
        <>
          <ImportButton target="member" />
          <ExportButton kind="members" query={query} isMasked />
          {can("members.write") ? <Button type="primary" icon={<UserAddOutlined />} onClick={() => setRegistering(true)}>{t("member.register")}</Button> : null}
        </>
      }
    >
      <FilterBar
        filters={[
          { kind: "search", name: "q", label: t("member.search"), placeholder: t("member.searchHint") },
          { kind: "choice", name: "tierId", label: t("member.tier"), options: (tiers.data?.items ?? []).map((tier) => ({ value: tier.id, label: tier.name })) },
          { kind: "choice", name: "lifeStage", label: t("lifecycle.stage"), options: lifeStages.map((stage) => ({ value: stage, label: t(`lifecycle.stages.${stage}`) })) },
          { kind: "search", name: "tag", label: t("member.tag") },
        ]}
      />
      <NounConditions noun="member" />
      <DataTable<MemberRow>
        label={t("menu.members")}
        path="/members"
        query={query}
        columns={columns}
        rowKey={(member) => member.id}
        emptyTitle={q || tierId || lifeStage || tag || filter ? t("member.noMatch") : t("member.none")}
        empty={q ? t("member.noMatchText") : t("member.noneText")}
      />
      {isRegistering ? <Suspense><QuickRegister isOpen onClose={() => setRegistering(false)} onDone={(member) => void navigate({ to: "/members/$memberId", params: { memberId: member.id } })} /></Suspense> : null}
    </PageFrame>
  );
}

function useMemberColumns(): Column<MemberRow>[] {
  const { t } = useTranslation();
  const clock = useClock();
  const storeName = useStoreName();
  const custom = useCustomColumns<MemberRow>("member");
  return [
    {
      title: t("member.name"),
      render: (member) => <Link to="/members/$memberId" params={{ memberId: member.id }}>{member.name || t("member.nameless")}</Link>,
    },
    { title: t("member.phone"), render: (member) => member.phoneMasked ?? "—" },
    { title: t("member.no"), render: (member) => member.memberNo },
    { title: t("member.tier"), render: (member) => <TierTag tier={member.tier} /> },
    { title: t("lifecycle.stage"), render: (member) => <LifeStageTag stage={member.lifeStage.stage} /> },
    { title: t("member.points"), align: "end", render: (member) => member.points.toLocaleString("en-US") },
    { title: t("member.storedValue"), align: "end", render: (member) => formatFen(member.storedValueFen) },
    { title: t("member.homeStore"), render: (member) => storeName(member.homeStoreId) },
    ...custom,
    { title: t("member.tags"), render: (member) => (member.tags.length ? member.tags.slice(0, 3).map((tag) => <Tag key={tag}>{tag}</Tag>) : "—") },
    { title: t("member.lastOrder"), render: (member) => clock.day(member.lastOrderAt) },
  ];
}
