import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { formatFen } from "../../design/money.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { TabList } from "../../design/tab-list.tsx";
import { CouponFind } from "./coupon-find.tsx";
import { CouponIssue } from "./coupon-issue.tsx";
import { CouponPushForm } from "./coupon-push-form.tsx";
import { CouponPushList } from "./coupon-push-list.tsx";
import { CouponRuleList } from "./coupon-rule-list.tsx";
import { CouponStatistics } from "./coupon-statistics.tsx";
import type { CouponTemplate } from "./coupon-template.ts";
import { CouponTemplateForm } from "./coupon-template-form.tsx";

const stateColours = { draft: "default", live: "success", ended: "warning" } as const;

/** Templates, and everything that issues coupons of them. */
export function CouponTemplatePage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<CouponTemplate | "new" | null>(null);
  const [{ tab = "templates" }, setFilters] = useFilters();
  return (
    <PageFrame title={t("menu.coupons")} lead={t("coupon.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("coupon.new")}</Button>}>
      <TabList
        label={t("menu.coupons")}
        active={tab}
        onChange={(next) => setFilters({ tab: next === "templates" ? undefined : next })}
        tabs={[
          { key: "templates", label: t("coupon.tabs.templates"), content: <TemplateList onEdit={setEdited} /> },
          { key: "pushes", label: t("couponPush.members"), content: <CouponPushList kind="members" /> },
          { key: "codes", label: t("couponPush.codes"), content: <div className="stack"><CouponFind /><CouponPushList kind="codes" /></div> },
          { key: "rules", label: t("couponRule.title"), content: <CouponRuleList /> },
        ]}
      />
      <CouponTemplateForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function TemplateList({ onEdit }: { onEdit: (template: CouponTemplate) => void }) {
  const { t } = useTranslation();
  const [{ state }] = useFilters();
  const [issued, setIssued] = useState<CouponTemplate | null>(null);
  const [pushed, setPushed] = useState<CouponTemplate | null>(null);
  const [counted, setCounted] = useState<CouponTemplate | null>(null);
  const columns = useTemplateColumns({ onEdit, onIssue: setIssued, onPush: setPushed, onCount: setCounted });
  return (
    <div className="stack">
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("coupon.state"), options: (["draft", "live", "ended"] as const).map((one) => ({ value: one, label: t(`couponTemplateState.${one}`) })) }]} />
      <DataTable<CouponTemplate> label={t("menu.coupons")} path="/coupon-templates" query={{ state }} columns={columns} rowKey={(template) => template.id} emptyTitle={t("coupon.none")} empty={t("coupon.noneText")} />
      <CouponIssue template={issued} onClose={() => setIssued(null)} />
      <CouponPushForm template={pushed} onClose={() => setPushed(null)} />
      <CouponStatistics template={counted} onClose={() => setCounted(null)} />
    </div>
  );
}

interface RowActions {
  onEdit: (template: CouponTemplate) => void;
  onIssue: (template: CouponTemplate) => void;
  onPush: (template: CouponTemplate) => void;
  onCount: (template: CouponTemplate) => void;
}

function useTemplateColumns({ onEdit, onIssue, onPush, onCount }: RowActions): Column<CouponTemplate>[] {
  const { t, i18n } = useTranslation();
  const { message, modal } = App.useApp();
  const publish = useAction<string, unknown>({
    run: (templateId) => api.post(`/coupon-templates/${templateId}:publish`),
    refreshes: [["/coupon-templates"]],
    onDone: () => message.success(t("coupon.published")),
  });
  const sentenceOf = (template: CouponTemplate) => (i18n.language === "en" ? template.sentenceEn : template.sentence);
  const askPublish = (template: CouponTemplate) =>
    modal.confirm({
      title: t("coupon.publishTitle", { name: template.name }),
      content: sentenceOf(template),
      okText: t("coupon.publish"),
      cancelText: t("action.cancel"),
      onOk: () => publish.mutateAsync(template.id).catch((error: unknown) => void message.error(problemSentence(t, error))),
    });
  return [
    { title: t("coupon.name"), render: (template) => <strong>{template.name}</strong> },
    { title: t("coupon.rule"), isWide: true, render: (template) => <>{sentenceOf(template)}{template.warnings.map((one) => <div key={one.field + one.message} className="warn">{one.message}</div>)}</> },
    { title: t("coupon.state"), render: (template) => <Tag color={stateColours[template.state]}>{t(`couponTemplateState.${template.state}`)}</Tag> },
    { title: t("coupon.issued"), align: "end", render: (template) => `${template.issued.toLocaleString("en-US")}${template.stock ? ` / ${template.stock.toLocaleString("en-US")}` : ""}` },
    { title: t("coupon.redeemed"), align: "end", render: (template) => template.redeemed.toLocaleString("en-US") },
    { title: t("couponStatistics.cost"), align: "end", render: (template) => formatFen(template.costFen) },
    {
      title: "",
      render: (template) => (
        <span className="row">
          {template.state === "draft" ? <Button size="small" type="primary" onClick={() => askPublish(template)}>{t("coupon.publish")}</Button> : null}
          {template.state === "live" ? <Button size="small" onClick={() => onIssue(template)}>{t("coupon.issue")}</Button> : null}
          {template.state === "live" ? <Button size="small" onClick={() => onPush(template)}>{t("couponPush.open")}</Button> : null}
          {template.state !== "draft" ? <Button size="small" onClick={() => onCount(template)}>{t("couponStatistics.open")}</Button> : null}
          {template.state === "ended" ? null : <Button size="small" onClick={() => onEdit(template)}>{t("action.edit")}</Button>}
        </span>
      ),
    },
  ];
}
