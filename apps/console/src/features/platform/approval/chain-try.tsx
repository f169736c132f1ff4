import type { ConsoleSchemas } from "@shuke/api";
import { Alert, Button, Checkbox, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { useJoined } from "../../../design/joined.ts";
import { MoneyInput } from "../../../design/money-input.tsx";
import { ProblemAlert } from "../../../design/state.tsx";
import { useSession } from "../../../shell/session.ts";
import { type Chain, type ChainStep, stepName } from "./approval.ts";
import { ColleagueSelect } from "./colleague-select.tsx";

type Tried = ConsoleSchemas["ApprovalTry"];

/** Who would decide if this person asked for this much, at this store? With the draft above; changes nothing. */
export function ChainTry({ chain, steps }: { chain: Chain; steps: ChainStep[] }) {
  const { t } = useTranslation();
  const joined = useJoined();
  const { stores } = useSession();
  const [staffId, setStaffId] = useState<string>();
  const [unitId, setUnitId] = useState<string>();
  const [amount, setAmount] = useState<number | null>(null);
  const [isAboveLimit, setAboveLimit] = useState(false);
  const attempt = useAction<void, Tried>({ run: () => api.post(`/approval-chains/${chain.kind}:try`, { staffId, amount: amount ?? 0, steps, ...(unitId ? { unitId } : {}), ...(isAboveLimit ? { isAboveLimit } : {}) }) });
  const tried = attempt.data;
  return (
    <section className="step-card">
      <h3>{t("approval.try")}</h3>
      <p className="soft">{t("approval.tryLead")}</p>
      <div className="step-line">
        <ColleagueSelect label={t("approval.asker")} value={staffId} onChange={setStaffId} />
        <Select<string> allowClear showSearch={{ optionFilterProp: "label" }} aria-label={t("approval.atStore")} placeholder={t("approval.atStore")} value={unitId ?? null} onChange={(id) => setUnitId(id ?? undefined)} options={stores.map(({ id, name }) => ({ value: id, label: name }))} />
      </div>
      <div className="step-line">
        {chain.unit === "fen" ? <MoneyInput aria-label={t("approval.amount")} value={amount} onChange={setAmount} /> : <InputNumber min={0} precision={0} aria-label={t("approval.amount")} value={amount} onChange={setAmount} suffix={t(`approval.unit.${chain.unit}`)} />}
        {chain.hasLimit ? <Checkbox checked={isAboveLimit} onChange={(event) => setAboveLimit(event.target.checked)}>{t("approval.asIfAbove")}</Checkbox> : null}
        <Button disabled={!staffId || amount === null} loading={attempt.isPending} onClick={() => attempt.mutate()}>{t("approval.tryDo")}</Button>
      </div>
      <ProblemAlert error={attempt.error} />
      {tried ? (
        <div className="stack-tight" aria-live="polite">
          <Alert type={tried.isAsked ? "info" : "success"} showIcon title={tried.isAsked ? t("approval.wouldAsk", { name: tried.asker, place: tried.place }) : t("approval.wouldNotAsk", { name: tried.asker, place: tried.place })} />
          <ol className="chain-sentences">
            {tried.steps.map((step, no) => (
              <li key={no} className={step.applies ? undefined : "soft"}>
                <strong>{stepName(t, step.name)}</strong> {step.applies ? t("approval.decidersOf", { mode: t(`approval.mode.${step.mode}`), names: joined(step.people.map((one) => one.name)) || t("approval.nobodyAtAll") }) : t(`approval.leftOut.${step.leftOut ?? "amount"}`)}
                {step.isFallback ? <span className="warn"> {t("approval.fallback")}</span> : null}
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </section>
  );
}
