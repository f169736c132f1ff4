import "./offer.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { App, Button, Input } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemOf } from "../../api/problem.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { type Offer, offerQuery, ruleErrors } from "./offer.ts";
import { OfferWarnings, useOfferCheck } from "./offer-check.tsx";
import { OfferSentence } from "./offer-sentence.tsx";
import { OfferStateTag } from "./offer-state.tsx";
import { OfferVersions } from "./offer-versions.tsx";
import { definitionOf, draftOf, freshRule, missingFields, type RuleDraft } from "./rule-editor/rule.ts";
import { RuleEditor } from "./rule-editor/rule-editor.tsx";
import { RuleField, RuleProblems } from "./rule-editor/rule-field.tsx";
import { useHistory } from "./rule-editor/rule-history.ts";

export function OfferEditorPage() {
  const { offerId } = useParams({ strict: false }) as { offerId: string };
  const isNew = offerId === "new";
  const offer = useQuery({ ...offerQuery(offerId), enabled: !isNew });
  if (!isNew && offer.isError) return <FailureState error={offer.error} onRetry={() => void offer.refetch()} />;
  if (!isNew && !offer.data) return <LoadingState />;
  const version = offer.data ? `${offer.data.id}/${offer.data.version}/${offer.data.draft?.at ?? ""}` : "new";
  return <OfferEditor key={version} offer={isNew ? null : (offer.data ?? null)} />;
}

interface Written {
  name: string;
  rule: RuleDraft;
}

const writtenOf = (offer: Offer | null): Written => {
  const shown = offer?.draft ?? offer;
  return shown ? { name: shown.name, rule: draftOf(shown.definition, shown.priority) } : { name: "", rule: freshRule };
};

/** One offer: what is written, what is in force, and what it has been. */
function OfferEditor({ offer }: { offer: Offer | null }) {
  const { t } = useTranslation();
  const history = useHistory<Written>(useMemo(() => writtenOf(offer), [offer]));
  const { name, rule } = history.value;
  const [isStrict, setStrict] = useState(false);
  const check = useOfferCheck(offer?.id ?? null, rule);
  const actions = useOfferActions(offer, history.value);
  const isChanged = offer === null || JSON.stringify(bodyOf(history.value)) !== JSON.stringify(bodyOf(writtenOf(offer)));
  const isWhole = name.trim() !== "" && missingFields(rule).length === 0;
  const refused = problemOf(actions.error ?? {}).errors ?? [];
  const problems = [...ruleErrors(refused), ...(check?.conflicts ?? []), ...(isStrict && name.trim() === "" ? [{ field: "name", code: "required", message: "required" }] : [])];
  const tried = (run: () => void) => () => {
    setStrict(true);
    if (isWhole) run();
  };
  return (
    <PageFrame
      title={offer ? offer.name : t("offer.new")}
      lead={offer ? <><OfferStateTag state={offer.state} /> {offer.version > 0 ? t("offer.inForce", { version: offer.version }) : t("offer.neverPublished")}</> : t("offer.newLead")}
      actions={<OfferButtons offer={offer} isChanged={isChanged} isBusy={actions.isPending} onSave={tried(() => actions.save())} onPublish={tried(() => actions.publish(isChanged))} onTurn={actions.turn} onDiscard={actions.discard} />}
    >
      <ProblemAlert error={actions.error} except={refused.map((one) => one.field)} />
      {offer?.draft ? <Panel title={t("offer.inForceNow")}><p className="sentence"><OfferSentence definition={offer.definition} /></p></Panel> : null}
      <Panel>
        <RuleProblems value={problems}>
          <RuleField label={t("offer.name")} field="name">{(control) => <Input {...control} maxLength={64} value={name} onChange={(event) => history.change({ name: event.target.value, rule })} />}</RuleField>
        </RuleProblems>
        <RuleEditor value={rule} onChange={(next) => history.change({ name, rule: next })} errors={problems} isStrict={isStrict} history={history} />
      </Panel>
      <OfferWarnings check={check} />
      {offer && offer.version > 0 ? <Panel title={t("offer.versions")}><OfferVersions offer={offer} onRolledBack={() => history.reset(writtenOf(offer))} /></Panel> : null}
    </PageFrame>
  );
}

const bodyOf = ({ name, rule }: Written) => ({ name: name.trim(), priority: rule.priority ?? 0, definition: definitionOf(rule) });

type Step = { kind: "save" } | { kind: "publish"; isChanged: boolean } | { kind: "turn"; state: "paused" | "live" | "ended" } | { kind: "discard" };

/** Everything that can be done with what is written; a new offer gets its address with the first of them. */
function useOfferActions(offer: Offer | null, written: Written) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const save = async (): Promise<Offer> => (offer ? api.put<Offer>(`/offers/${offer.id}/draft`, bodyOf(written)) : api.post<Offer>("/offers", bodyOf(written)));
  const action = useAction<Step, Offer>({
    run: async (step) => {
      switch (step.kind) {
        case "save": return save();
        case "publish": {
          const saved = step.isChanged || !offer ? await save() : offer;
          try {
            return await api.post<Offer>(`/offers/${saved.id}:publish`);
          } catch (error) {
            // The new offer is there as a draft: the next attempt must not make a second one.
            if (!offer) void navigate({ to: "/offers/$offerId", params: { offerId: saved.id }, replace: true });
            throw error;
          }
        }
        case "turn": return api.patch<Offer>(`/offers/${offer?.id}`, { state: step.state });
        case "discard": return api.delete<Offer>(`/offers/${offer?.id}/draft`);
      }
    },
    refreshes: [["/offers"], ...(offer ? [[`/offers/${offer.id}/versions`]] : [])],
    onDone: (saved, step) => {
      queryClient.setQueryData(offerQuery(saved.id).queryKey, saved);
      void message.success(t(`offer.done.${step.kind}`));
      if (!offer) void navigate({ to: "/offers/$offerId", params: { offerId: saved.id }, replace: true });
    },
  });
  return {
    error: action.error, isPending: action.isPending,
    save: () => action.mutate({ kind: "save" }), publish: (isChanged: boolean) => action.mutate({ kind: "publish", isChanged }),
    turn: (state: "paused" | "live" | "ended") => action.mutate({ kind: "turn", state }), discard: () => action.mutate({ kind: "discard" }),
  };
}

interface ButtonsProps {
  offer: Offer | null;
  isChanged: boolean;
  isBusy: boolean;
  onSave: () => void;
  onPublish: () => void;
  onTurn: (state: "paused" | "live" | "ended") => void;
  onDiscard: () => void;
}

function OfferButtons({ offer, isChanged, isBusy, onSave, onPublish, onTurn, onDiscard }: ButtonsProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  if (offer?.state === "ended") return null;
  const end = () => void modal.confirm({ title: t("offer.endTitle", { name: offer?.name ?? "" }), content: t("offer.endText"), okText: t("offer.end"), okButtonProps: { danger: true }, cancelText: t("action.cancel"), onOk: () => onTurn("ended") });
  const isWorthPublishing = isChanged || offer?.draft !== null || offer.state === "draft";
  return (
    <>
      {offer ? <Link to="/simulator" search={{ offer: offer.id } as never}><Button>{t("offer.simulate")}</Button></Link> : null}
      {offer ? <Link to="/replays" search={{ offer: offer.id } as never}><Button>{t("offer.replay")}</Button></Link> : null}
      {offer?.state === "live" ? <Button onClick={() => onTurn("paused")} disabled={isBusy}>{t("offer.pause")}</Button> : null}
      {offer?.state === "paused" ? <Button onClick={() => onTurn("live")} disabled={isBusy}>{t("offer.resume")}</Button> : null}
      {offer && offer.version > 0 ? <Button danger onClick={end} disabled={isBusy}>{t("offer.end")}</Button> : null}
      {offer?.draft ? <Button onClick={onDiscard} disabled={isBusy}>{t("offer.discard")}</Button> : null}
      <Button onClick={onSave} disabled={!isChanged} loading={isBusy}>{t("offer.saveDraft")}</Button>
      <Button type="primary" onClick={onPublish} disabled={!isWorthPublishing} loading={isBusy}>{t("offer.publish")}</Button>
    </>
  );
}
