import { LoadingOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert } from "antd";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { LifeStageTag } from "./life-stage-tag.tsx";
import { type Lifecycle, lifecycleQuery, type LifecycleRules, type LifeStage } from "./lifecycle.ts";
import { LifecycleRulesForm } from "./lifecycle-rules-form.tsx";

export function LifecyclePage() {
  const { t } = useTranslation();
  const lifecycle = useQuery(lifecycleQuery);
  return (
    <PageFrame title={t("menu.lifecycle")} lead={t("lifecycle.lead")}>
      {lifecycle.data ? <Stages lifecycle={lifecycle.data} />
        : lifecycle.isError ? <FailureState error={lifecycle.error} onRetry={() => void lifecycle.refetch()} /> : <LoadingState rows={10} />}
      {lifecycle.data ? <LifecycleRulesForm rules={lifecycle.data.rules} /> : null}
    </PageFrame>
  );
}

/** How many are where; each stage leads to those in it. */
function Stages({ lifecycle: { counts, rules, isCounting } }: { lifecycle: Lifecycle }) {
  const { t } = useTranslation();
  const canRead = useCan()("members.read");
  const all = counts.reduce((sum, one) => sum + one.members, 0);
  const most = Math.max(1, ...counts.map((one) => one.members));
  const means = useMeanings(rules);
  return (
    <Panel title={t("lifecycle.members")} extra={<span className="num">{all.toLocaleString("en-US")}</span>}>
      <div role="status">{isCounting ? <Alert className="life-counting" type="info" showIcon icon={<LoadingOutlined />} title={t("lifecycle.counting")} /> : null}</div>
      <ol className="life-stages">
        {counts.map(({ stage, members, entered }) => {
          const step = (
            <>
              <span className={`life-bar life-${stage}`} style={{ "--part": members / most } as CSSProperties} aria-hidden />
              <LifeStageTag stage={stage} />
              <strong className="life-count">{members.toLocaleString("en-US")}<span className="soft"> {((members / Math.max(1, all)) * 100).toFixed(1)}%</span></strong>
              {stage === "potential" ? null : <span className="life-note life-entered">{t("lifecycle.entered", { number: entered.toLocaleString("en-US") })}</span>}
              <span className="life-note">{means(stage)}</span>
            </>
          );
          return <li key={stage}>{canRead ? <Link className="life-step" to="/members" search={{ lifeStage: stage } as never}>{step}</Link> : <div className="life-step">{step}</div>}</li>;
        })}
      </ol>
    </Panel>
  );
}

function useMeanings(rules: LifecycleRules): (stage: LifeStage) => string {
  const { t } = useTranslation();
  const counts: Partial<Record<LifeStage, number>> = { loyal: rules.loyalMonths, dormant: rules.dormantAfterDays, lost: rules.lostAfterDays };
  return (stage) => t(`lifecycle.means.${stage}`, { count: counts[stage] ?? 0, orders: rules.loyalOrders });
}
