import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { fieldSentence, type FieldError } from "../../../api/problem.ts";
import { MoneyInput } from "../../../design/money-input.tsx";
import { type Chain, type ChainStep, levels, stepName } from "./approval.ts";
import { ColleaguesSelect } from "./colleague-select.tsx";
import type { Roles } from "./settings-page.tsx";

type Who = ChainStep["who"];

interface Props {
  no: number;
  step: ChainStep;
  unit: Chain["unit"];
  roles: Roles;
  /** Who is named in the chain. */
  people: Chain["people"];
  /** Whether this kind knows a limit of one's own. */
  hasLimit: boolean;
  problem: FieldError | undefined;
  onChange: (step: ChainStep) => void;
  onRemove: () => void;
  onUp?: () => void;
  onDown?: () => void;
}

/** Who decides, how many of them, from which amount on, and what happens when nobody does. */
export function StepCard({ no, step, unit, roles, people, hasLimit, problem, onChange, onRemove, onUp, onDown }: Props) {
  const { t } = useTranslation();
  const { when } = step;
  const setWhen = (change: Partial<ChainStep["when"]>) => onChange({ ...step, when: Object.fromEntries(Object.entries({ ...when, ...change }).filter(([, value]) => value !== undefined && value !== null && value !== false)) });
  const levelOptions = levels.map((level) => ({ value: level, label: t(`approval.level.${level}`) }));
  return (
    <section className="step-card" aria-label={t("approval.stepNo", { no: no + 1 })}>
      <div className="step-head">
        <span className="chain-mark" aria-hidden="true">{no + 1}</span>
        <Input value={stepName(t, step.name)} maxLength={40} aria-label={t("approval.stepName")} onChange={(event) => onChange({ ...step, name: event.target.value })} />
        <Button icon={<ArrowUpOutlined />} aria-label={t("approval.up")} disabled={!onUp} onClick={onUp} />
        <Button icon={<ArrowDownOutlined />} aria-label={t("approval.down")} disabled={!onDown} onClick={onDown} />
        <Button danger icon={<DeleteOutlined />} aria-label={t("approval.remove")} onClick={onRemove} />
      </div>
      <div className="step-line">
        <Select<Who["kind"]> aria-label={t("approval.whoTitle")} value={step.who.kind} onChange={(kind) => onChange({ ...step, who: emptyWho(kind, roles[0]?.id ?? "") })} options={(["able", "roles", "leader", "staff"] as const).map((kind) => ({ value: kind, label: t(`approval.who.${kind}`) }))} />
        <WhoFields who={step.who} roles={roles} people={people} onChange={(who) => onChange({ ...step, who })} />
      </div>
      <div className="step-line">
        <Select<ChainStep["mode"]> aria-label={t("approval.modeTitle")} value={step.mode} onChange={(mode) => onChange({ ...step, mode })} options={(["any", "all", "serial"] as const).map((mode) => ({ value: mode, label: t(`approval.mode.${mode}`) }))} />
        <Select<string[]> mode="multiple" aria-label={t("approval.askerLevel")} placeholder={t("approval.everyLevel")} value={when.levels ?? []} onChange={(value) => setWhen({ levels: value.length > 0 ? (value as NonNullable<typeof when.levels>) : [] })} options={levelOptions} />
      </div>
      <div className="step-line">
        <span>{t("approval.from")}</span>
        {unit === "fen" ? <MoneyInput aria-label={t("approval.from")} value={when.from ?? null} onChange={(from) => setWhen(from === null ? { from: 0 } : { from })} /> : <InputNumber min={0} precision={0} aria-label={t("approval.from")} value={when.from ?? null} onChange={(from) => setWhen({ from: from ?? 0 })} suffix={t(`approval.unit.${unit}`)} />}
        {hasLimit ? <Checkbox checked={when.isAboveLimit ?? false} onChange={(event) => setWhen({ isAboveLimit: event.target.checked })}>{t("approval.aboveLimit")}</Checkbox> : null}
      </div>
      <Timeout step={step} people={people} onChange={onChange} />
      {problem ? <Alert type="error" showIcon title={problem.code === "nobody" ? t("approval.nobodyHolds") : fieldSentence(t, problem)} /> : null}
    </section>
  );
}

function emptyWho(kind: Who["kind"], roleId: string): Who {
  switch (kind) {
    case "able": return { kind };
    case "roles": return { kind, roleIds: roleId ? [roleId] : [] };
    case "staff": return { kind, staffIds: [] };
    case "leader": return { kind, roleId, level: "region" };
  }
}

function WhoFields({ who, roles, people, onChange }: { who: Who; roles: Roles; people: Chain["people"]; onChange: (who: Who) => void }) {
  const { t } = useTranslation();
  const options = roles.map(({ id, name }) => ({ value: id, label: name }));
  switch (who.kind) {
    case "able": return <span className="soft">{t("approval.ableHelp")}</span>;
    case "roles": return <Select<string[]> mode="multiple" aria-label={t("approval.roles")} placeholder={t("approval.roles")} value={who.roleIds} onChange={(roleIds) => onChange({ ...who, roleIds })} options={options} />;
    case "staff": return <ColleaguesSelect label={t("approval.people")} value={who.staffIds} people={people} onChange={(staffIds) => onChange({ ...who, staffIds })} />;
    case "leader": return (
      <>
        <Select<string> aria-label={t("approval.role")} value={who.roleId} onChange={(roleId) => onChange({ ...who, roleId })} options={options} />
        <Select<(typeof levels)[number]> aria-label={t("approval.levelTitle")} value={who.level} onChange={(level) => onChange({ ...who, level })} options={levels.map((level) => ({ value: level, label: t(`approval.level.${level}`) }))} />
      </>
    );
  }
}

function Timeout({ step, people, onChange }: { step: ChainStep; people: Chain["people"]; onChange: (step: ChainStep) => void }) {
  const { t } = useTranslation();
  const { timeoutHours, escalateTo, ...rest } = step;
  const setHours = (hours: number | null) => onChange(hours ? { ...rest, timeoutHours: hours, escalateTo: escalateTo ?? { kind: "next-level" } } : rest);
  return (
    <div className="step-line">
      <span>{t("approval.timeoutAfter")}</span>
      <InputNumber min={1} max={720} precision={0} aria-label={t("approval.timeoutAfter")} value={timeoutHours ?? null} placeholder={t("approval.never")} onChange={setHours} suffix={t("approval.hours")} />
      {timeoutHours ? <Select aria-label={t("approval.escalateTo")} value={escalateTo?.kind ?? "next-level"} onChange={(kind) => onChange({ ...step, escalateTo: kind === "staff" ? { kind: "staff", staffIds: [] } : { kind: "next-level" } })} options={[{ value: "next-level", label: t("approval.nextLevel") }, { value: "staff", label: t("approval.people") }]} /> : null}
      {escalateTo?.kind === "staff" ? <ColleaguesSelect label={t("approval.people")} value={escalateTo.staffIds} people={people} onChange={(staffIds) => onChange({ ...step, escalateTo: { kind: "staff", staffIds } })} /> : null}
    </div>
  );
}
