import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { usePaused } from "../../design/paused.ts";
import { ProblemAlert } from "../../design/state.tsx";
import type { Rules } from "./rule-sentence.ts";
import type { Sea, SeaForecast } from "./sea.ts";

const pauseMs = 400;

/** What the rules in the form would do to the records that people hold now. */
export function Forecast({ pool, rules }: { pool: Sea; rules: Rules }) {
  const { t } = useTranslation();
  const { capacity, idleDays, winDays, wonStages, extensionDays } = rules;
  const asked = usePaused(JSON.stringify({ capacity, idleDays, winDays, wonStages, extensionDays: extensionDays ?? 0 }), pauseMs);
  const forecast = useQuery({
    queryKey: [`/seas/${pool.id}:simulate`, asked], enabled: asked !== "", gcTime: 0, placeholderData: keepPreviousData,
    queryFn: () => api.post<SeaForecast>(`/seas/${pool.id}:simulate`, JSON.parse(asked)),
  });
  const { returned, overCapacity = [] } = forecast.data ?? {};
  return (
    <section className="sea-forecast" aria-busy={forecast.isFetching} aria-label={t("sea.forecast")}>
      <h3>{t("sea.forecast")}</h3>
      <ProblemAlert error={forecast.error} />
      {returned ? <dl className="facts">{(["today", "in7Days", "in30Days"] as const).map((when) => <div key={when}><dt>{t(`sea.returned.${when}`)}</dt><dd>{t("sea.records", { count: returned[when] })}</dd></div>)}</dl> : null}
      {overCapacity.length > 0 ? <p className="warn">{t("sea.overCapacity", { names: overCapacity.map(({ name, held }) => `${name} ${held}`).join(t("rule.listComma")) })}</p> : null}
    </section>
  );
}
