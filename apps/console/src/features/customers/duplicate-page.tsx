import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Progress } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { countSentence, type Page } from "../../api/page.ts";
import { problemSentence } from "../../api/problem.ts";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { DuplicateCard } from "./duplicate-card.tsx";
import { MergeDialog, type Pairing } from "./merge-dialog.tsx";
import type { Duplicate, DuplicateRun } from "./merging.ts";

const states = ["open", "later", "different", "merged"] as const;

/** Pairs of members who may be one person, the likeliest first; decided with the mouse or the keyboard. */
export function DuplicatePage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [filters] = useFilters();
  const [at, setAt] = useState(0);
  const [pairing, setPairing] = useState<Pairing | null>(null);
  const query = { state: filters["state"] ?? "open", minScore: filters["minScore"] };
  const list = useInfiniteQuery({
    queryKey: ["/duplicates", query], queryFn: ({ pageParam, signal }) => api.get<Page<Duplicate>>("/duplicates", { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null, getNextPageParam: (page) => page.nextCursor ?? null,
  });
  const deciding = useAction<{ id: string; state: string }, Duplicate>({ run: ({ id, state }) => api.post(`/duplicates/${id}:decide`, { state }), refreshes: [["/duplicates"]] });
  const decide = (one: Duplicate, state: string) => deciding.mutate({ id: one.id, state }, { onError: (error) => void message.error(problemSentence(t, error)) });
  const pairs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = Math.min(at, Math.max(0, pairs.length - 1));
  const merge = (one: Duplicate, survivor = one.members[0], absorbed = one.members[1]) => {
    if (survivor && absorbed) setPairing({ survivor, absorbed, duplicateId: one.id });
  };
  useKeys(pairing === null, (key) => {
    const one = pairs[chosen];
    if (deciding.isPending) return;
    if (key === "j") setAt(Math.min(chosen + 1, pairs.length - 1));
    else if (key === "k") setAt(Math.max(chosen - 1, 0));
    else if (one && key === "m") merge(one);
    else if (one && key === "n") decide(one, "different");
    else if (one && key === "l") decide(one, "later");
  });
  if (list.isError) return <FailureState error={list.error} onRetry={() => void list.refetch()} />;
  const count = list.data?.pages[0]?.count;
  return (
    <PageFrame title={t("duplicates.title")} lead={t("duplicates.lead")} actions={<Runs />}>
      <FilterBar filters={[
        { kind: "choice", name: "state", label: t("duplicates.state"), options: states.map((value) => ({ value, label: t(`duplicates.states.${value}`) })) },
        { kind: "choice", name: "minScore", label: t("duplicates.minScore"), options: ["60", "80", "90", "95", "99"].map((value) => ({ value, label: value })) },
      ]} />
      {!list.data ? <LoadingState rows={10} /> : null}
      {list.data && pairs.length === 0 ? <div className="panel"><EmptyState title={t("duplicates.none")} text={t("duplicates.noneText")} /></div> : null}
      {count && pairs.length > 0 ? <p className="soft">{countSentence(t, count)}</p> : null}
      <ol className="duplicates">
        {pairs.map((one, index) => (
          <DuplicateCard key={one.id} pair={one} isChosen={index === chosen} onChoose={() => setAt(index)} onMerge={(survivor, absorbed) => merge(one, survivor, absorbed)} onDecide={(state) => decide(one, state)} />
        ))}
      </ol>
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>{t("duplicates.more")}</Button> : null}
      <MergeDialog pairing={pairing} onClose={() => setPairing(null)} onDone={() => setPairing(null)} />
    </PageFrame>
  );
}

const keys: ReadonlySet<string> = new Set(["j", "k", "m", "n", "l"]);

/** Letters act where nobody is writing and nothing is open over the list. */
function useKeys(isOn: boolean, act: (key: string) => void): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent) => {
      const isWriting = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      const isElsewhere = document.querySelector("[aria-modal=true]") !== null;
      const key = event.key.toLowerCase();
      if (!keys.has(key) || isWriting || isElsewhere || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      // Else the letter is typed into what it opens.
      event.preventDefault();
      // A key that is held goes through the list; it does not decide about all of it.
      if (!event.repeat || key === "j" || key === "k") act(key);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}

const POLL_MS = 1_500;

/** What looks for duplicates or merges them in the background, and the buttons that start it. */
function Runs() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const runs = useQuery({
    queryKey: ["/duplicate-runs"], queryFn: () => api.get<{ items: DuplicateRun[] }>("/duplicate-runs"),
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.state === "running") ? POLL_MS : false),
  });
  const running = runs.data?.items.find((one) => one.state === "running");
  const last = runs.data?.items[0];
  useEffect(() => {
    if (!running) void client.invalidateQueries({ queryKey: ["/duplicates"] });
  }, [running, client]);
  const act = useAction<{ path: string; body?: object }, unknown>({ run: ({ path, body }) => api.post(path, body), refreshes: [["/duplicate-runs"]] });
  const start = (path: string, body?: object) => act.mutate({ path, ...(body ? { body } : {}) }, { onError: (error) => void message.error(problemSentence(t, error)) });
  const askAll = () => {
    let minScore = 99;
    modal.confirm({
      title: t("duplicates.allTitle"), okText: t("duplicates.merge"), cancelText: t("action.cancel"), okButtonProps: { danger: true }, onOk: () => start("/duplicates:merge-all", { minScore }),
      content: <div className="stack-tight"><p>{t("duplicates.allText")}</p><InputNumber aria-label={t("duplicates.minScore")} min={50} max={100} defaultValue={minScore} onChange={(value) => { minScore = value ?? 99; }} /></div>,
    });
  };
  if (running) {
    return (
      <Panel className="duplicate-run">
        <span>{t(running.kind === "find" ? "duplicates.finding" : "duplicates.merging")}</span>
        <Progress percent={running.percent} size="small" aria-label={t(running.kind === "find" ? "duplicates.finding" : "duplicates.merging")} />
        <Button size="small" onClick={() => start(`/duplicate-runs/${running.id}:cancel`)}>{t("duplicates.stop")}</Button>
      </Panel>
    );
  }
  return (
    <>
      {last ? <span className="soft">{t(last.kind === "find" ? "duplicates.found" : "duplicates.merged", { count: last.found })}</span> : null}
      <Button onClick={askAll}>{t("duplicates.all")}</Button>
      <Button type="primary" loading={act.isPending} onClick={() => start("/duplicates:find")}>{t("duplicates.find")}</Button>
    </>
  );
}
