import { App, Form, Input, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { useLabel } from "../objects/object.ts";
import { PersonSelect } from "./person-select.tsx";
import type { Sea, SeaOutcome } from "./sea.ts";
import type { Move } from "./standing.ts";
import { useTelling } from "./telling.tsx";

export interface Moved {
  id: string;
  title: string;
}

interface Asked {
  move: Move;
  records: readonly Moved[];
}

interface Answers {
  staffId?: string;
  poolId?: string;
  reason?: string;
}

interface Moving {
  /** Does it, or asks first what has to be known for it. */
  move: (move: Move, records: readonly Moved[]) => void;
  /** The records that are being moved. */
  isMoving: (id: string) => boolean;
  dialog: ReactNode;
}

const wireOf = (move: Move, { staffId, poolId, reason }: Answers) => {
  const kind = move === "transfer" ? "assign" : move;
  return { kind, ...(staffId ? { staffId } : {}), ...(poolId ? { poolId } : {}), ...(reason ? { reason } : {}) };
};

/** Everything by which records change hands: what is asked for it, the doing, and what is told of it. */
export function useMoving(pool: Sea, others: readonly Sea[], onDone?: () => void): Moving {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tell = useTelling(pool);
  const [asked, setAsked] = useState<Asked | null>(null);
  const action = useAction<Asked & { answers: Answers }, { outcomes: SeaOutcome[] }>({
    run: ({ move, records, answers }, key) => api.post(`/seas/${pool.id}:move`, { recordIds: records.map((one) => one.id), to: wireOf(move, answers) }, key),
    refreshes: [["/seas"], [`/seas/${pool.id}/records`], ["records"]],
    onDone: ({ outcomes }, { move, records }) => {
      setAsked(null);
      onDone?.();
      tell(move, records, outcomes);
    },
  });
  const move: Moving["move"] = (wish, records) => {
    action.reset();
    if (wish === "claim") action.mutate({ move: wish, records, answers: {} }, { onError: (error) => void message.error(problemSentence(t, error)) });
    else setAsked({ move: wish, records });
  };
  return {
    move,
    isMoving: (id) => action.isPending && action.variables.records.some((one) => one.id === id),
    dialog: <MoveDialog asked={asked} pool={pool} others={others} isPending={action.isPending} error={action.error} onClose={() => setAsked(null)} onAnswer={(answers) => asked && action.mutate({ ...asked, answers })} />,
  };
}

interface DialogProps {
  asked: Asked | null;
  pool: Sea;
  others: readonly Sea[];
  isPending: boolean;
  error: unknown;
  onClose: () => void;
  onAnswer: (answers: Answers) => void;
}

/** Who gets it, why, or to which pool it goes. */
function MoveDialog({ asked, pool, others, isPending, error, onClose, onAnswer }: DialogProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [form] = Form.useForm<Answers>();
  const required = [{ required: true, message: t("form.required") }];
  const [first] = asked?.records ?? [];
  const move = asked?.move;
  return (
    <Modal
      title={first && (asked?.records.length === 1 ? t(`sea.askOne.${move}`, { title: first.title }) : t(`sea.askMany.${move}`, { count: asked?.records.length }))}
      open={asked !== null} onCancel={onClose} onOk={() => form.submit()} okText={t(`sea.move.${move ?? "claim"}`)} cancelText={t("action.cancel")} okButtonProps={{ loading: isPending, danger: move === "return" }} destroyOnHidden
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={onAnswer} preserve={false}>
        {move === "extend" ? <p>{t("sea.extendText", { count: pool.extensionDays })}</p> : null}
        {move === "return" && pool.coolDownDays > 0 ? <p>{t("sea.returnText", { count: pool.coolDownDays })}</p> : null}
        {move === "assign" || move === "transfer" ? <Form.Item name="staffId" label={t("sea.newOwner")} rules={required}><PersonSelect pool={pool} label={t("sea.newOwner")} /></Form.Item> : null}
        {move === "move" ? <Form.Item name="poolId" label={t("sea.pool")} rules={required}><Select options={others.map((one) => ({ value: one.id, label: label(one) }))} /></Form.Item> : null}
        {move === "return" ? <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input maxLength={200} autoFocus /></Form.Item> : null}
        {move === "assign" || move === "transfer" ? <Form.Item name="reason" label={t("sea.note")}><Input maxLength={200} /></Form.Item> : null}
        <ProblemAlert error={error} />
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
