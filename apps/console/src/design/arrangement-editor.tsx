import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, HolderOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { Fragment, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Arrangement, placed, stepped, withGroup, withoutGroup } from "./arrangement.ts";

interface Props<A extends Arrangement> {
  draft: A;
  onChange: (draft: A) => void;
  /** Over those that are in no group. */
  restTitle: string;
  labelOf: (key: string) => string;
  /** Behind the label: what it is. */
  noteOf?: (key: string) => ReactNode;
  /** What can be done with one beside moving it. */
  renderChoice: (key: string, group: number) => ReactNode;
  /** Under one that is being worked on. */
  renderBelow?: (key: string) => ReactNode;
}

/** Things in groups that are named, dragged by hand, or stepped by their buttons. */
export function ArrangementEditor<A extends Arrangement>({ draft, onChange, restTitle, labelOf, noteOf, renderChoice, renderBelow }: Props<A>) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  const rename = (at: number, part: Partial<Arrangement["groups"][number]>) => onChange({ ...draft, groups: draft.groups.map((group, index) => (index === at ? { ...group, ...part } : group)) });
  const land = (group: number, before: string | null) => {
    if (dragged) onChange(placed(draft, dragged, { group, before }));
    setDragged(null);
  };
  return (
    <div className="stack">
      <div><Button icon={<PlusOutlined />} onClick={() => onChange(withGroup(draft))}>{t("arrangement.add")}</Button></div>
      {draft.groups.map((group, at) => (
        <section key={at} className="panel" onDragOver={(event) => event.preventDefault()} onDrop={() => land(at, null)}>
          {at === draft.groups.length - 1 ? <div className="panel-head"><h2>{restTitle}</h2></div> : (
            <div className="row layout-head">
              <Input aria-label={t("arrangement.name")} placeholder={t("arrangement.name")} maxLength={60} value={group.name} status={group.name.trim() ? "" : "error"} onChange={(event) => rename(at, { name: event.target.value })} />
              <Input aria-label={t("model.nameEn")} placeholder={t("model.nameEn")} maxLength={60} value={group.nameEn} onChange={(event) => rename(at, { nameEn: event.target.value })} />
              <Button icon={<DeleteOutlined />} aria-label={t("arrangement.remove", { name: group.name })} onClick={() => onChange(withoutGroup(draft, at))} />
            </div>
          )}
          <ul className="plain layout-fields">
            {group.keys.map((key) => (
              <Fragment key={key}>
                <Line label={labelOf(key)} note={noteOf?.(key)} isDragged={dragged === key} onDrag={() => setDragged(key)} onDrop={() => land(at, key)} onStep={(by) => onChange(stepped(draft, key, by))}>
                  {renderChoice(key, at)}
                </Line>
                {renderBelow?.(key)}
              </Fragment>
            ))}
            {group.keys.length === 0 ? <li className="soft">{t("arrangement.empty")}</li> : null}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface LineProps {
  label: string;
  note: ReactNode;
  isDragged: boolean;
  onDrag: () => void;
  onDrop: () => void;
  onStep: (by: 1 | -1) => void;
  children: ReactNode;
}

function Line({ label, note, isDragged, onDrag, onDrop, onStep, children }: LineProps) {
  const { t } = useTranslation();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what is dragged is an item of a list; its buttons do the same by keyboard
    <li
      className={isDragged ? "row is-dragged" : "row"} draggable
      onDragStart={(event) => { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", label); onDrag(); }}
      onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.stopPropagation(); onDrop(); }}
    >
      <HolderOutlined className="soft" aria-hidden />
      <span className="grow">{label} <span className="soft">{note}</span></span>
      {children}
      <Button type="text" icon={<ArrowUpOutlined />} aria-label={t("arrangement.up", { name: label })} onClick={() => onStep(-1)} />
      <Button type="text" icon={<ArrowDownOutlined />} aria-label={t("arrangement.down", { name: label })} onClick={() => onStep(1)} />
    </li>
  );
}
