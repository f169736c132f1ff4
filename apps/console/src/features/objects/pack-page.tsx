import { UploadOutlined } from "@ant-design/icons";
import type { ConsoleSchemas } from "@shuke/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Drawer, Tag } from "antd";
import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { fieldSentence, problemOf } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, RowTable } from "../../design/data-table.tsx";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import type { Menu } from "../../shell/menu.ts";
import { useEntryLabel } from "../../shell/own-menu.ts";
import { approvalRefreshes, isWaiting } from "../platform/approval/approval.ts";
import { useWaitingNotice } from "../platform/approval/waiting-notice.tsx";
import { OfferChanges } from "../promotions/offer-changes.tsx";
import { objectsKey, objectsQuery, useLabel } from "./object.ts";
import { PackChanges } from "./pack-changes.tsx";

type Step = ConsoleSchemas["PackStep"];
type Run = ConsoleSchemas["PackRun"];
type Plan = ConsoleSchemas["PackPlan"];
type Shipped = ConsoleSchemas["ShippedPack"];

const packsKey = ["packs"] as const;
const COLOURS = { create: "success", change: "processing", same: "default", leave: "default", keep: "warning", conflict: "error" } as const;

/** Business lines as files: what one would do here, done, and taken back. */
export function PackPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<string | null>(null);
  const packs = useQuery({ queryKey: packsKey, queryFn: () => api.get<{ shipped: Shipped[]; runs: Run[] }>("/packs") });
  if (packs.isError) return <FailureState error={packs.error} onRetry={() => void packs.refetch()} />;
  if (!packs.data) return <LoadingState rows={8} />;
  const pick = async (event: ChangeEvent<HTMLInputElement>) => {
    const [picked] = event.target.files ?? [];
    if (picked) setFile(await picked.text());
    event.target.value = "";
  };
  return (
    <PageFrame title={t("menu.packs")} lead={t("pack.lead")} actions={<><input ref={picker} type="file" accept=".yaml,.yml" hidden onChange={(event) => void pick(event)} /><Button icon={<UploadOutlined />} onClick={() => picker.current?.click()}>{t("pack.open")}</Button></>}>
      <div className="stack">
        {packs.data.shipped.map((one) => (
          <Panel key={one.pack} title={`${label(one)} v${one.version}`} extra={<Button onClick={() => setFile(one.file)}>{t("pack.plan")}</Button>}><p className="soft flush">{label({ name: one.about, nameEn: one.aboutEn })}</p></Panel>
        ))}
        <h2>{t("pack.runs")}</h2>
        {packs.data.runs.length > 0 ? <Runs runs={packs.data.runs} shipped={packs.data.shipped} /> : <div className="panel"><EmptyState title={t("pack.none")} /></div>}
      </div>
      <PlanDrawer key={file} file={file} onClose={() => setFile(null)} />
    </PageFrame>
  );
}

function Runs({ runs, shipped }: { runs: Run[]; shipped: Shipped[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  // What it was called when it was applied, in English as the product has it.
  const nameOf = ({ pack, name }: Run): string => label({ name, nameEn: shipped.find((one) => one.pack === pack && one.name === name)?.nameEn });
  const clock = useClock();
  const { modal, message } = App.useApp();
  const rollBack = useAction<string, { kept: string[] }>({
    run: (id) => api.post(`/pack-runs/${id}:roll-back`), refreshes: [packsKey, objectsKey],
    onDone: ({ kept }) => void message.info(kept.length > 0 ? t("pack.kept", { names: kept.join(t("rule.listComma")) }) : t("pack.rolledBack")),
  });
  const ask = (run: Run) => modal.confirm({ title: t("pack.askRollBack", { name: nameOf(run) }), content: t("pack.rollBackText"), okButtonProps: { danger: true }, okText: t("pack.rollBack"), cancelText: t("action.cancel"), onOk: () => rollBack.mutateAsync(run.id).catch(() => {}) });
  const columns: Column<Run>[] = [
    { title: t("pack.pack"), isWide: true, render: (run) => `${nameOf(run)} v${run.version}` },
    { title: t("pack.steps"), align: "end", render: (run) => run.steps.length },
    { title: t("pack.appliedAt"), render: (run) => clock.instant(run.appliedAt) },
    { title: "", render: (run) => (run.rolledBackAt ? <Tag>{t("pack.rolledBack")}</Tag> : <Button size="small" onClick={() => ask(run)}>{t("pack.rollBack")}</Button>) },
  ];
  return <><ProblemAlert error={rollBack.error} /><div className="panel table-panel"><RowTable<Run> label={t("pack.runs")} columns={columns} rows={runs} rowKey={(run) => run.id} /></div></>;
}

function PlanDrawer({ file, onClose }: { file: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { message } = App.useApp();
  const [withDemo, setWithDemo] = useState(false);
  const [without, setWithout] = useState<readonly string[]>([]);
  const wish = { file, withDemo, without };
  const plan = useQuery({ queryKey: ["pack-plan", file, withDemo, without], enabled: file !== null, gcTime: 0, placeholderData: keepPreviousData, queryFn: () => api.post<Plan>("/packs:plan", wish) });
  const tellWaiting = useWaitingNotice();
  const apply = useAction<void, unknown>({
    run: () => api.post("/packs:apply", wish), refreshes: [packsKey, objectsKey, ...approvalRefreshes],
    onDone: (answer) => { if (isWaiting(answer)) tellWaiting(answer); else void message.success(t("pack.applied")); onClose(); },
  });
  const steps = plan.data?.steps ?? [];
  const made = new Map(steps.filter((step) => step.what === "object" && step.action === "create").map((step) => [step.of, namedBy(step)]));
  const isDone = !steps.some((step) => step.action === "create" || step.action === "change" || step.action === "conflict");
  const isBlocked = isDone || steps.some((step) => step.action === "conflict");
  return (
    <Drawer
      title={plan.data ? t("pack.planOf", { name: label(plan.data), version: plan.data.version }) : t("pack.plan")} open={file !== null} onClose={onClose} size={Math.min(640, window.innerWidth)}
      footer={<div className="drawer-foot"><Button onClick={onClose}>{t("action.cancel")}</Button><Button type="primary" disabled={isBlocked || plan.isFetching} loading={apply.isPending} onClick={() => apply.mutate()}>{t("pack.apply")}</Button></div>}
    >
      <div className="stack">
        <Checkbox checked={withDemo} onChange={(event) => setWithDemo(event.target.checked)}>{t("pack.withDemo")}</Checkbox>
        {plan.isError ? <WrongFile error={plan.error} /> : null}
        {plan.isPending ? <LoadingState /> : null}
        {plan.data && isDone ? <EmptyState title={t("pack.nothing")} /> : null}
        {steps.length > 0 ? <ul className="plain pack-steps">{steps.map((step, at) => <li key={at}><Choice step={step} onChange={(name, isWanted) => setWithout(isWanted ? without.filter((one) => one !== name) : [...without, name])} /><StepText step={step} made={made} /></li>)}</ul> : null}
        <ProblemAlert error={apply.error} />
      </div>
    </Drawer>
  );
}

/** Every place that is wrong, by its name in the file. */
function WrongFile({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { errors = [] } = problemOf(error);
  if (errors.length === 0) return <ProblemAlert error={error} />;
  return <Alert type="error" showIcon title={t("pack.wrong")} description={<ul className="plain">{errors.map((one) => <li key={one.field}><code>{one.field}</code> {t(`pack.refusal.${one.code}`, { defaultValue: fieldSentence(t, one) })}</li>)}</ul>} />;
}

/** What may be left out: as the server names it. */
const choiceOf = ({ what, of, key }: Step): string | null => (what === "role" ? `roles.${of}` : what === "template" || what === "menu" ? `${of}.${key}` : null);

function Choice({ step, onChange }: { step: Step; onChange: (name: string, isWanted: boolean) => void }) {
  const { t } = useTranslation();
  const name = choiceOf(step);
  if (name === null || step.action === "same" || step.action === "keep") return null;
  return <Checkbox className="pack-choice" aria-label={t("pack.take", { name: step.key ?? step.of })} checked={step.action !== "leave"} onChange={(event) => onChange(name, event.target.checked)} />;
}

interface Name {
  name: string;
  nameEn: string;
}

interface StepProps {
  step: Step;
  /** Objects that the pack would make, by their keys. */
  made: ReadonlyMap<string, Name>;
}

function StepText({ step, made }: StepProps) {
  const { t } = useTranslation();
  return <><Tag color={COLOURS[step.action]}>{t(`pack.action.${step.action}`)}</Tag> {step.what === "template" ? <TemplateText step={step} /> : step.what === "menu" ? <MenuText step={step} made={made} /> : <ModelText step={step} made={made} />}</>;
}

/** What something will be called that is not there yet. */
const namedBy = ({ changes }: Step): Name => {
  const said = new Map(changes.map(({ name, after }) => [name, String(after)]));
  return { name: said.get("name") ?? "", nameEn: said.get("nameEn") ?? "" };
};

/** What a pack has for the brand itself: what is here otherwise stays, so what the pack says is struck out. */
function TemplateText({ step }: { step: Step }) {
  const { t } = useTranslation();
  const stagesIn = useStageNames();
  const note = step.action === "create" ? t(`pack.templateMade.${step.of}`) : step.note === "no-object" ? t("pack.menuObstacle.no-object", { object: step.changes[0]?.after }) : step.note && t("pack.against", { name: step.note });
  // The days themselves say of which kind a validity is.
  const changes = step.changes.filter(({ name }) => name !== "validity.kind").map(({ name, before, after }) => ({ field: name.replace(/^definition\./, ""), before: name === "wonStages" ? stagesIn(after) : after, after: name === "wonStages" ? stagesIn(before) : before }));
  return <>{t(`pack.template.${step.of}`)} {step.key} <span className="soft">{note}</span><OfferChanges changes={changes} /></>;
}

/** Options of stage fields by what they are called. */
function useStageNames(): (keys: unknown) => unknown {
  const label = useLabel();
  const objects = useQuery(objectsQuery).data?.items ?? [];
  const stages = objects.flatMap((object) => object.fields.find((field) => field.key === object.stageField)?.settings.options ?? []);
  return (keys) => (Array.isArray(keys) ? keys.map((key) => { const found = stages.find((one) => one.key === key); return found ? label(found) : String(key); }) : keys);
}

/** A role's menu, group by group: what goes is struck out. */
function MenuText({ step: { key, note, changes: [change] }, made }: StepProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const labelOf = useEntryLabel();
  if (note) return <>{t("pack.what.menu")} {key} <span className="soft">{t(`pack.menuObstacle.${note}`, { object: change?.after })}</span></>;
  const lines = (menu: unknown) => ((menu ?? []) as Menu).map((group) => `${label(group)}${t("pack.colon")}${group.entries.map((entry) => labelOf(entry.name ? entry : { ...made.get(entry.object ?? ""), ...entry })).join(t("rule.listComma"))}`);
  const [before, after] = [lines(change?.before), lines(change?.after)];
  return (
    <>
      {t("pack.what.menu")} {key}
      {before.filter((line) => !after.includes(line)).map((line) => <div key={line} className="soft"><del>{line}</del></div>)}
      {after.map((line) => <div key={line} className="soft">{before.length === 0 || before.includes(line) ? line : <ins>{line}</ins>}</div>)}
    </>
  );
}

function ModelText({ step, made }: StepProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const here = useQuery(objectsQuery).data?.items.find((one) => one.key === step.of);
  const object = made.get(step.of) ?? here;
  const field = step.what === "field" ? (here?.fields.find((one) => one.key === step.key) ?? (step.action === "create" ? namedBy(step) : undefined)) : undefined;
  const name = [object && label(object), field ? label(field) : step.what === "view" ? step.key : null].filter(Boolean).join(" · ");
  const isMade = step.action === "create" && (step.what === "object" || step.what === "field");
  return (
    <>
      {t(`pack.what.${step.what}`)} {name || step.of} {step.what === "object" || step.what === "field" ? <code>{step.of}{step.key ? `.${step.key}` : ""}</code> : null} <span className="soft"><Note step={step} /></span>
      {isMade ? null : <PackChanges step={step} />}
    </>
  );
}

/** Why it cannot be, or how many. */
function Note({ step: { note, what } }: { step: Step }) {
  const { t } = useTranslation();
  if (note === "archived") return t("model.archived");
  return what === "field" ? note?.split(" → ").map((kind) => t(`model.kinds.${kind}`)).join(" → ") : note;
}
