import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { type Member, memberRefreshes } from "./member.ts";

type Consent = ConsoleSchemas["Consent"];
type Preview = ConsoleSchemas["DeletionPreview"];

/** What the member agreed to, and leaving with everything deleted. */
export function MemberPrivacy({ member }: { member: Member }) {
  return (
    <div className="stack">
      <Consents memberId={member.id} />
      <Leaving memberId={member.id} />
    </div>
  );
}

function Consents({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const path = `/members/${memberId}/consents`;
  const consents = useQuery({ queryKey: [path], queryFn: () => api.get<{ items: Consent[] }>(path) });
  if (consents.isError) return <FailureState error={consents.error} onRetry={() => void consents.refetch()} />;
  if (!consents.data) return <LoadingState rows={4} />;
  return (
    <Panel title={t("privacy.consents")}>
      <Facts>
        {consents.data.items.map((one) => (
          <Fact key={one.purpose} label={t(`privacy.purpose.${one.purpose}`)}>
            {one.given === null ? <span className="soft">{t("privacy.never")}</span> : (
              <span className="row">
                <Tag color={one.given ? "green" : "red"}>{t(one.given ? "privacy.yes" : "privacy.no")}</Tag>
                <span className="soft">{t("privacy.said", { at: clock.instant(one.at ?? ""), version: one.version })}{one.version === one.currentVersion ? "" : ` · ${t("privacy.outdated", { version: one.currentVersion })}`}</span>
              </span>
            )}
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}

function Leaving({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const canWrite = useCan()("members.write");
  const { message, modal } = App.useApp();
  const path = `/members/${memberId}/deletion`;
  const refreshes = [[path], ...memberRefreshes(memberId)];
  const refuse = { onError: (error: Error) => void message.error(problemSentence(t, error)) };
  const preview = useQuery({ queryKey: [path], queryFn: () => api.get<Preview>(path) });
  const ask = useAction<null, unknown>({ run: () => api.post(path), refreshes });
  const undo = useAction<null, unknown>({ run: () => api.post(`${path}:undo`), refreshes });
  if (preview.isError) return <FailureState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <LoadingState rows={3} />;
  const { lost, blockers, standing } = preview.data;
  if (standing?.state === "done") {
    return (
      <Panel title={t("privacy.leaving")}>
        <p>{t("privacy.done", { at: clock.instant(standing.doneAt ?? "") })}</p>
        <details><summary>{t("privacy.certificate")}</summary><pre className="secret">{JSON.stringify(standing.certificate, null, 2)}</pre></details>
      </Panel>
    );
  }
  if (standing?.state === "waiting") {
    return (
      <Panel title={t("privacy.leaving")} extra={canWrite ? <Button loading={undo.isPending} onClick={() => undo.mutate(null, refuse)}>{t("privacy.undo")}</Button> : null}>
        <Alert type="warning" showIcon title={t("privacy.waiting", { asked: clock.instant(standing.askedAt), purge: clock.instant(standing.purgeAt) })} description={standing.blockers.length > 0 ? <Blockers codes={standing.blockers} /> : undefined} />
      </Panel>
    );
  }
  const confirm = () => void modal.confirm({
    title: t("privacy.askTitle"), content: t("privacy.askText"), okText: t("privacy.ask"), okButtonProps: { danger: true }, cancelText: t("action.cancel"), onOk: () => ask.mutate(null, refuse),
  });
  return (
    <Panel title={t("privacy.leaving")} extra={canWrite ? <Button danger disabled={blockers.length > 0} loading={ask.isPending} onClick={confirm}>{t("privacy.ask")}</Button> : null}>
      {blockers.length > 0 ? <Alert type="info" showIcon title={t("privacy.first")} description={<Blockers codes={blockers} />} /> : null}
      <p className="soft">{lost.length > 0 ? t("privacy.lost") : t("privacy.nothingLost")}</p>
      <Facts>{lost.map(({ what, amount }) => <Fact key={what} label={t(`privacy.loss.${what}`, { defaultValue: what })}>{String(amount)}</Fact>)}</Facts>
    </Panel>
  );
}

function Blockers({ codes }: { codes: string[] }) {
  const { t } = useTranslation();
  return <ul>{codes.map((code) => <li key={code}>{t(`privacy.blocker.${code}`, { defaultValue: code })}</li>)}</ul>;
}
