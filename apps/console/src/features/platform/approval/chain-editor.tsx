import { App, Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { problemOf } from "../../../api/problem.ts";
import { EmptyState, ProblemAlert } from "../../../design/state.tsx";
import { type Chain, type ChainStep, useWords } from "./approval.ts";
import { ChainTry } from "./chain-try.tsx";
import type { Roles } from "./settings-page.tsx";
import { StepCard } from "./step-card.tsx";

/** One kind's steps, in order, with a try-out of the draft below: nothing is saved by trying. */
export function ChainEditor({ chain, roles, onClose }: { chain: Chain | null; roles: Roles; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const [steps, setSteps] = useState<ChainStep[]>(chain?.steps ?? []);
  const save = useAction<ChainStep[] | null, unknown>({
    run: (next) => api.put(`/approval-chains/${chain?.kind}`, { steps: next }),
    refreshes: [["/approval-chains"]],
    onDone: () => { void message.success(t("state.saved")); onClose(); },
  });
  const refused = save.error ? (problemOf(save.error).errors ?? []) : [];
  const change = (at: number, step: ChainStep) => setSteps(steps.map((one, no) => (no === at ? step : one)));
  const move = (at: number, by: number) => setSteps(steps.toSpliced(at, 1).toSpliced(at + by, 0, ...steps.slice(at, at + 1)));
  return (
    <Drawer
      title={chain ? t("approval.chainOf", { kind: words(chain.names) }) : ""} open={chain !== null} onClose={onClose} size={Math.min(680, window.innerWidth)} destroyOnHidden
      footer={
        <div className="drawer-foot">
          {chain?.isDefault ? null : <Button onClick={() => save.mutate(null)}>{t("approval.backToDefault")}</Button>}
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate(steps)}>{t("action.save")}</Button>
        </div>
      }
    >
      {chain ? (
        <div className="stack">
          <p className="soft">{t("approval.editorLead")}</p>
          {steps.length === 0 ? <EmptyState title={t("approval.nobodyAsked")} /> : null}
          {steps.map((step, at) => (
            <StepCard
              key={at} no={at} step={step} unit={chain.unit} roles={roles} people={chain.people} hasLimit={chain.hasLimit} problem={refused.find((one) => one.field.startsWith(`steps.${at}.`))}
              onChange={(next) => change(at, next)} onRemove={() => setSteps(steps.toSpliced(at, 1))} {...(at > 0 ? { onUp: () => move(at, -1) } : {})} {...(at < steps.length - 1 ? { onDown: () => move(at, 1) } : {})}
            />
          ))}
          <Button disabled={steps.length >= 10} onClick={() => setSteps([...steps, { name: t("approval.stepNo", { no: steps.length + 1 }), who: { kind: "able" }, mode: "any", when: {} }])}>{t("approval.addStep")}</Button>
          <ProblemAlert error={save.error} except={refused.map((one) => one.field)} />
          <ChainTry chain={chain} steps={steps} />
        </div>
      ) : null}
    </Drawer>
  );
}
