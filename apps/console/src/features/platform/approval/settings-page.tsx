import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import { useClock } from "../../../design/clock.ts";
import { useJoined } from "../../../design/joined.ts";
import { PageFrame, Panel } from "../../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../../design/state.tsx";
import { type Role, rolesQuery } from "../../org/role.ts";
import { type Chain, type ChainStep, quantity, stepName, useWords } from "./approval.ts";
import { ChainEditor } from "./chain-editor.tsx";
import "./approval.css";

export type Roles = readonly Pick<Role, "id" | "name">[];

/** Who has to agree to what, kind by kind, as sentences. */
export function ApprovalSettingsPage() {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Chain | null>(null);
  const chains = useQuery({ queryKey: ["/approval-chains"], queryFn: () => api.get<Page<Chain>>("/approval-chains") });
  const roles = useQuery(rolesQuery).data?.items ?? [];
  return (
    <PageFrame title={t("approval.settings")} lead={t("approval.settingsLead")} actions={<Link to="/approvals"><Button>{t("approval.page")}</Button></Link>}>
      {chains.isError ? <FailureState error={chains.error} onRetry={() => void chains.refetch()} /> : null}
      {chains.isPending ? <LoadingState /> : null}
      {chains.data?.items.map((chain) => <ChainPanel key={chain.kind} chain={chain} roles={roles} onEdit={() => setEditing(chain)} />)}
      <ChainEditor key={editing?.kind ?? ""} chain={editing} roles={roles} onClose={() => setEditing(null)} />
    </PageFrame>
  );
}

function ChainPanel({ chain, roles, onEdit }: { chain: Chain; roles: Roles; onEdit: () => void }) {
  const { t } = useTranslation();
  const clock = useClock();
  const words = useWords();
  return (
    <Panel title={words(chain.names)} extra={<Button onClick={onEdit}>{t("action.edit")}</Button>}>
      {chain.steps.length === 0 ? <p className="soft">{t("approval.nobodyAsked")}</p> : <ol className="chain-sentences">{chain.steps.map((step, no) => <li key={no}><StepSentence step={step} unit={chain.unit} roles={roles} people={chain.people} /></li>)}</ol>}
      <p className="soft">{chain.isDefault ? <Tag>{t("approval.default")}</Tag> : t("approval.changedBy", { name: chain.updatedBy ?? t("approval.system"), at: clock.instant(chain.updatedAt) })}</p>
    </Panel>
  );
}

/** "From ¥200, asked by a store: 区域经理 of the region; one is enough; after 24 hours the level above." */
export function StepSentence({ step, unit, roles, people }: { step: ChainStep; roles: Roles } & Pick<Chain, "unit" | "people">) {
  const { t } = useTranslation();
  const joined = useJoined();
  const nameOf = (list: readonly { id: string; name: string }[], ids: readonly string[]) => joined(ids.map((id) => list.find((one) => one.id === id)?.name ?? "…"));
  const { who, when } = step;
  const parts = [
    when.from ? t("approval.fromAmount", { amount: quantity(t, unit, when.from) }) : null,
    when.isAboveLimit ? t("approval.aboveLimit") : null,
    when.levels && when.levels.length > 0 ? t("approval.askedAt2", { levels: joined(when.levels.map((level) => t(`approval.level.${level}`))) }) : null,
  ].filter(Boolean).join(" · ");
  const deciders = who.kind === "roles" ? nameOf(roles, who.roleIds) : who.kind === "staff" ? nameOf(people, who.staffIds) : who.kind === "leader" ? t("approval.leaderOf", { role: nameOf(roles, [who.roleId]), level: t(`approval.level.${who.level}`) }) : t("approval.who.able");
  return (
    <>
      <strong>{stepName(t, step.name)}</strong>{parts ? <span className="soft"> · {parts}</span> : null}
      <div>{deciders} <span className="soft">· {t(`approval.mode.${step.mode}`)}{step.timeoutHours ? ` · ${t("approval.timeout", { hours: step.timeoutHours })} → ${step.escalateTo?.kind === "staff" ? nameOf(people, step.escalateTo.staffIds) : t("approval.nextLevel")}` : ""}</span></div>
    </>
  );
}
