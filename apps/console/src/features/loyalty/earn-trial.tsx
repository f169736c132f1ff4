import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { MoneyInput } from "../../design/money-input.tsx";
import type { EarnRule } from "./points-program.ts";
import { tiersQuery } from "./tier.ts";

interface Props {
  /** What is being written, tried among the rules that are live. */
  draft?: Partial<EarnRule> & { id?: string };
}

/** "Try an amount": what it would earn, rule by rule, before anything is saved. */
export function EarnTrial({ draft }: Props) {
  const { t } = useTranslation();
  const clock = useClock();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const [amountFen, setAmountFen] = useState<number | null>(10_000);
  const [tierId, setTierId] = useState<string | undefined>();
  const source = draft?.sources?.includes("order") === false ? draft.sources[0] : "order";
  const body = useDeferredValue(JSON.stringify({
    amountFen: amountFen ?? 0, source, ...(tierId ? { tierId } : {}), ...(draft?.categories?.[0] ? { category: draft.categories[0] } : {}), ...(draft?.skus?.[0] ? { sku: draft.skus[0] } : {}),
    ...(draft?.storeIds?.[0] ? { storeId: draft.storeIds[0] } : {}), ...(draft?.birthday ? { birthday: true } : {}), ...(draft?.firstOrder ? { firstOrder: true } : {}), ...(draft ? { draft } : {}),
  }));
  const trial = useQuery({ queryKey: ["/earn-rules:try", body], queryFn: () => api.post<ConsoleSchemas["EarnTrial"]>("/earn-rules:try", JSON.parse(body) as object), retry: false });
  return (
    <div className="panel trial" role="group" aria-label={t("earnTrial.title")}>
      <p className="tile-label">{t("earnTrial.title")}</p>
      <div className="field-pair">
        <MoneyInput aria-label={t("earnTrial.amount")} value={amountFen} onChange={setAmountFen} />
        <Select aria-label={t("member.tier")} allowClear placeholder={t("earnTrial.anyTier")} value={tierId} onChange={setTierId} options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} />
      </div>
      {trial.data ? (
        <>
          <p className="tile-value" aria-live="polite">{t("earnTrial.points", { points: trial.data.points.toLocaleString("en-US") })}</p>
          <p className="tile-note">
            {[t("earnTrial.base", { points: trial.data.base }), ...trial.data.rules.map((rule) => `${rule.name} +${rule.points}`)].join(" · ")}
          </p>
          <p className="tile-note">
            {t("earnTrial.active", { on: clock.day(trial.data.activeOn) })}{trial.data.expiresOn ? t("earnTrial.expires", { on: clock.day(trial.data.expiresOn) }) : t("earnTrial.never")}
          </p>
        </>
      ) : <p className="tile-note">{trial.isError ? t("earnTrial.incomplete") : "…"}</p>}
    </div>
  );
}
