import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Drawer, Input, Tag } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { problemOf, problemSentence } from "../../../api/problem.ts";
import { useClock } from "../../../design/clock.ts";
import { useJoined } from "../../../design/joined.ts";
import { Fact, Facts } from "../../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { type Approval, approvalRefreshes, quantity, stateColours, stepName, useWords } from "./approval.ts";
import { ChainPicture } from "./chain-picture.tsx";
import { ColleagueSelect } from "./colleague-select.tsx";

/** One request: what is asked in plain words, who decides, what happened, and the decision. */
export function ApprovalDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const request = useQuery({ queryKey: ["approval", id], enabled: id !== undefined, queryFn: () => api.get<Approval>(`/approvals/${id}`) });
  const one = request.data;
  return (
    <Drawer title={one ? words(one.title) : t("approval.page")} open={id !== undefined} onClose={onClose} size={Math.min(680, window.innerWidth)} destroyOnHidden footer={one && one.can.length > 0 ? <Decision key={one.id} request={one} onDone={onClose} /> : null}>
      {request.isError ? <FailureState error={request.error} onRetry={() => void request.refetch()} /> : one ? <Contents request={one} /> : <LoadingState />}
    </Drawer>
  );
}

function Contents({ request }: { request: Approval }) {
  const { t } = useTranslation();
  const words = useWords();
  const clock = useClock();
  const { state, facts, problem, chain, askedBy, askedAt, dueAt, reason, place, link, amount, unit } = request;
  return (
    <div className="stack">
      <div className="row"><Tag color={stateColours[state]}>{t(`approval.state.${state}`)}</Tag><span className="soft">{t(`approval.kind.${request.kind}`)}</span></div>
      {problem && state === "waiting" ? <Alert type="warning" showIcon title={t("approval.failed")} description={t(`problem.${problem.code}`, { defaultValue: problem.detail ?? problem.title })} /> : null}
      <Facts>
        {facts.map((fact) => (
          <Fact key={fact.label.en} label={words(fact.label)}>
            <span className="approval-change">{fact.before === undefined ? null : <><span className="soft">{quantity(t, fact.unit, fact.before)}</span><span aria-label={t("approval.becomes")}>→</span></>}<strong>{typeof fact.value === "object" ? words(fact.value) : quantity(t, fact.unit, fact.value)}</strong></span>
          </Fact>
        ))}
        {facts.length === 0 ? <Fact label={t("approval.amount")}>{quantity(t, unit, amount)}</Fact> : null}
        <Fact label={t("approval.askedBy")}>{askedBy?.name ?? t("approval.byMember")} · {place}</Fact>
        <Fact label={t("approval.askedAt")}>{clock.instant(askedAt)}</Fact>
        {dueAt ? <Fact label={t("approval.due")}>{clock.instant(dueAt)}</Fact> : null}
        {reason ? <Fact label={t("form.reason")} isWide>{reason}</Fact> : null}
      </Facts>
      {link ? <Subject link={link} /> : null}
      <section className="stack-tight"><h3>{t("approval.chain")}</h3><ChainPicture chain={chain} /></section>
      <section className="stack-tight"><h3>{t("approval.history")}</h3><History request={request} /></section>
    </div>
  );
}

function Subject({ link }: { link: NonNullable<Approval["link"]> }) {
  const { t } = useTranslation();
  const label = t(`approval.see.${link.kind}`);
  switch (link.kind) {
    case "member": return <Link to="/members/$memberId" params={{ memberId: link.id }}>{label}</Link>;
    case "order": return <Link to="/orders/$orderId" params={{ orderId: link.id }}>{label}</Link>;
    case "withdrawal": return <Link to="/withdrawals" search={{ id: link.id } as never}>{label}</Link>;
    case "pack": return <Link to="/packs">{label}</Link>;
    case "import": return <a href={`/imports/${link.id}`}>{label}</a>;
  }
}

function History({ request }: { request: Approval }) {
  const { t } = useTranslation();
  const joined = useJoined();
  const clock = useClock();
  return (
    <ul className="approval-history">
      {request.history.map((event, at) => (
        <li key={at}>
          <span className="soft">{clock.instant(event.at)}</span> {event.by || t(event.what === "asked" && !request.askedBy ? "approval.byMember" : "approval.system")} {t(`approval.happened.${event.what}`)}
          {event.to.length > 0 ? ` → ${joined(event.to)}` : ""}{event.deputyOf ? ` · ${t("approval.forName", { name: event.deputyOf })}` : ""}
          {request.chain.length > 1 ? <span className="soft"> · {stepName(t, event.stepName)}</span> : null}
          {event.problem ? <span className="bad"> {event.problem}</span> : null}
          {event.comment ? <q className="face-comment">{event.comment}</q> : null}
        </li>
      ))}
    </ul>
  );
}

/** A phone has none: there the hint would be noise. */
const hasKeyboard = () => window.matchMedia("(pointer: fine)").matches;

const lost: ReadonlySet<string> = new Set(["platform/already-decided", "platform/not-your-decision"]);

type Verb = "approve" | "reject" | "delegate" | "withdraw";

/** Comment and decide without the mouse: Ctrl or ⌘ and Enter agrees, with Shift it refuses. */
function Decision({ request, onDone }: { request: Approval; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const words = useRef<HTMLTextAreaElement>(null);
  const [isSilent, setSilent] = useState(false);
  const [comment, setComment] = useState("");
  const [isHanding, setHanding] = useState(false);
  const [colleague, setColleague] = useState<string>();
  const decide = useAction<Verb, Approval>({
    run: (verb) => api.post(`/approvals/${request.id}:${verb}`, { ...(comment.trim() ? { comment: comment.trim() } : {}), ...(verb === "delegate" ? { staffId: colleague } : {}) }),
    refreshes: approvalRefreshes,
    onDone: (_after, verb) => {
      void message.success(t(`approval.done.${verb}`));
      onDone();
    },
  });
  const carry = (verb: Verb) => decide.mutate(verb, {
    // Somebody else was quicker: what became of it takes the place of the buttons.
    onError: (error) => {
      if (problemOf(error).status < 500) for (const queryKey of approvalRefreshes) void client.invalidateQueries({ queryKey });
      if (lost.has(problemOf(error).code ?? "")) void message.warning(problemSentence(t, error));
    },
  });
  const refuse = () => {
    if (comment.trim()) return carry("reject");
    setSilent(true);
    words.current?.focus();
  };
  const may = (verb: Verb) => request.can.includes(verb);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !may("approve") || decide.isPending) return;
    event.preventDefault();
    // Who is handing it over does not agree to it by the same keys.
    if (isHanding) return;
    if (event.shiftKey) refuse();
    else carry("approve");
  };
  return (
    <div className="decision" onKeyDown={press} role="presentation">
      <ProblemAlert error={decide.error} />
      <Input.TextArea ref={(one) => void (words.current = one?.resizableTextArea?.textArea ?? null)} autoFocus={hasKeyboard()} rows={2} maxLength={200} value={comment} onChange={(event) => { setComment(event.target.value); setSilent(false); }} status={isSilent ? "error" : ""} aria-label={t("approval.comment")} placeholder={t(may("approve") && hasKeyboard() ? "approval.commentHint" : "approval.comment")} />
      {isSilent ? <p role="alert" className="bad">{t("approval.needsComment")}</p> : null}
      {isHanding ? (
        <div className="step-line">
          <ColleagueSelect value={colleague} onChange={setColleague} label={t("approval.handTo")} except={request.askedBy?.id} />
          <Button type="primary" disabled={!colleague} loading={decide.isPending} onClick={() => carry("delegate")}>{t("approval.hand")}</Button>
          <Button onClick={() => setHanding(false)}>{t("action.cancel")}</Button>
        </div>
      ) : (
        <div className="decision-buttons">
          {may("withdraw") ? <Button danger loading={decide.isPending} onClick={() => carry("withdraw")}>{t("approval.withdraw")}</Button> : null}
          {may("delegate") ? <Button onClick={() => setHanding(true)}>{t("approval.delegate")}</Button> : null}
          {may("reject") ? <Button danger loading={decide.isPending} onClick={refuse}>{t("approval.reject")}</Button> : null}
          {may("approve") ? <Button type="primary" loading={decide.isPending} onClick={() => carry("approve")}>{t("approval.approve")}</Button> : null}
        </div>
      )}
    </div>
  );
}
