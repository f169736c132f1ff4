import "./offer.css";
import "./rule-editor/rule-editor.css";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { App, Alert, Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { useFilters } from "../../design/filters.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useSession } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { offerQuery } from "./offer.ts";
import { emptySimulation, type KeptSimulation, type Simulation, simulationBody, simulationOf, type SimulationResult } from "./simulation.ts";
import { SimulatorForm } from "./simulator-form.tsx";
import { SimulatorResult } from "./simulator-result.tsx";

const pauseMs = 300;

/** A cart, and why it costs what it costs. With `?s=` as somebody else saw it, with `?offer=` beside that offer's draft. */
export function SimulatorPage() {
  const [{ s, offer, order }] = useFilters();
  const { store } = useStoreChoice();
  const { stores } = useSession();
  const kept = useQuery({ queryKey: ["/simulations", s], queryFn: () => api.get<KeptSimulation>(`/simulations/${s}`), enabled: Boolean(s) });
  if (s && kept.isError) return <FailureState error={kept.error} onRetry={() => void kept.refetch()} />;
  if (s && !kept.data) return <LoadingState />;
  const initial = kept.data ? simulationOf(kept.data.input) : { ...emptySimulation(store?.id ?? stores[0]?.id ?? ""), offerId: offer ?? null };
  return <Simulator key={s ?? ""} initial={initial} kept={kept.data ?? null} orderId={order ?? null} />;
}

function Simulator({ initial, kept, orderId }: { initial: Simulation; kept: KeptSimulation | null; orderId: string | null }) {
  const { t } = useTranslation();
  const clock = useClock();
  const [simulation, setSimulation] = useState(initial);
  const isAsKept = kept !== null && simulation === initial;
  const offer = useQuery({ ...offerQuery(simulation.offerId ?? ""), enabled: simulation.offerId !== null });
  const body = simulationBody(simulation, simulation.offerId ? (offer.data ?? null) : null);
  const result = useSimulation(body, !isAsKept && simulation.lines.length > 0 && (simulation.offerId === null || offer.isSuccess));
  const shown = isAsKept ? kept.result : result.data;
  return (
    <PageFrame title={t("simulator.title")} lead={t("simulator.lead")} actions={<ShareButton body={body} isOff={simulation.lines.length === 0} />}>
      {isAsKept ? <Alert type="info" showIcon title={t("simulator.kept", { at: clock.instant(kept.at) })} action={<Button size="small" onClick={() => setSimulation({ ...initial })}>{t("simulator.again")}</Button>} /> : null}
      <div className="simulator">
        <SimulatorForm value={simulation} onChange={setSimulation} orderId={orderId} />
        <div className="simulator-out" aria-live="polite" aria-busy={result.isFetching}>
          <ProblemAlert error={result.error} />
          {shown && simulation.lines.length > 0 ? <SimulatorResult result={shown} /> : <Panel><EmptyState title={t("simulator.empty")} text={t("simulator.emptyText")} /></Panel>}
        </div>
      </div>
    </PageFrame>
  );
}

/** Priced again whenever the fingers rest. */
function useSimulation(body: object, isOn: boolean) {
  const text = JSON.stringify(body);
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(isOn ? text : null), pauseMs);
    return () => clearTimeout(timer);
  }, [text, isOn]);
  return useQuery({
    queryKey: ["/offers:simulate", asked], queryFn: () => api.post<SimulationResult>("/offers:simulate", JSON.parse(asked ?? "{}")), enabled: asked !== null,
    placeholderData: keepPreviousData, retry: false,
  });
}

function ShareButton({ body, isOff }: { body: object; isOff: boolean }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const keep = useAction<object, KeptSimulation>({
    run: (input) => api.post<KeptSimulation>("/simulations", input),
    onDone: ({ id }) => {
      const link = `${location.origin}/simulator?s=${id}`;
      navigator.clipboard.writeText(link).then(
        () => void message.success(t("simulator.copied")),
        () => void modal.info({ title: t("simulator.share"), content: <code>{link}</code> }),
      );
    },
  });
  return <Button disabled={isOff} loading={keep.isPending} onClick={() => keep.mutate(body)}>{t("simulator.share")}</Button>;
}
