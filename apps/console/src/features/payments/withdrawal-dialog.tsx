import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { formatFen } from "../../design/money.ts";
import { LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { type Cause, prepaidRefreshes, type Withdrawal, type WithdrawalQuote } from "./prepaid.ts";
import { QuoteSteps } from "./quote-steps.tsx";

interface Props {
  memberId: string;
  /** Where it is asked and done: of the member's stored value, or of one card. */
  quotePath: string;
  path: string;
  title: string;
  isOpen: boolean;
  onClose: () => void;
}

const causes: Cause[] = ["seven-day", "consumer", "merchant"];

interface Values {
  method: "original" | "cash" | "bank";
  reference?: string;
  reason: string;
}

/** Asks why, shows what goes back line by line, and only then gives it back: the sum that was shown is the sum that is paid. */
export function WithdrawalDialog({ memberId, quotePath, path, title, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal title={title} open={isOpen} onCancel={onClose} footer={null} destroyOnHidden width={560}>
      <Asking memberId={memberId} quotePath={quotePath} path={path} onClose={onClose} />
      <p className="soft prepaid-note">{t("withdrawal.law")}</p>
    </Modal>
  );
}

function Asking({ memberId, quotePath, path, onClose }: Pick<Props, "memberId" | "quotePath" | "path" | "onClose">) {
  const { t } = useTranslation();
  const [cause, setCause] = useState<Cause>("seven-day");
  const [knownBefore, setKnownBefore] = useState(false);
  const wish = { cause, ...(cause === "seven-day" && knownBefore ? { knownBefore } : {}) };
  const quote = useQuery({ queryKey: ["withdrawal-quote", quotePath, wish], queryFn: () => api.post<WithdrawalQuote>(quotePath, wish), staleTime: 0, gcTime: 0 });
  return (
    <div className="quote-parts">
      <Radio.Group className="choice-list" aria-label={t("withdrawal.cause")} value={cause} onChange={(event) => setCause(event.target.value as Cause)}>
        {causes.map((one) => <Radio key={one} value={one}><strong>{t(`withdrawal.causes.${one}`)}</strong> <span className="soft">{t(`withdrawal.causeNotes.${one}`)}</span></Radio>)}
      </Radio.Group>
      {cause === "seven-day" ? <Checkbox checked={knownBefore} onChange={(event) => setKnownBefore(event.target.checked)}>{t("withdrawal.knownBefore")}</Checkbox> : null}
      {quote.isError ? <ProblemAlert error={quote.error} /> : null}
      {quote.isPending ? <LoadingState rows={3} /> : null}
      {quote.data ? <QuoteSteps quote={quote.data} /> : null}
      {quote.data && quote.data.refundFen > 0 ? <Giving key={quote.data.refundFen} quote={quote.data} memberId={memberId} path={path} wish={wish} onClose={onClose} onStale={() => void quote.refetch()} /> : null}
    </div>
  );
}

interface GivingProps {
  quote: WithdrawalQuote;
  memberId: string;
  path: string;
  wish: object;
  onClose: () => void;
  onStale: () => void;
}

function Giving({ quote, memberId, path, wish, onClose, onStale }: GivingProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { store } = useStoreChoice();
  const [form] = Form.useForm<Values>();
  const method = Form.useWatch("method", form) ?? "original";
  const giving = useAction<Values, Withdrawal>({
    run: (values, key) => api.post(path, { ...wish, ...values, expectedFen: quote.refundFen, ...(store && { storeId: store.id }) }, key),
    refreshes: prepaidRefreshes(memberId),
    onDone: (made) => {
      void message.success(t(made.state === "waiting" ? "withdrawal.waitsNow" : "withdrawal.doneNow", { sum: formatFen(made.refundFen) }));
      onClose();
    },
  });
  const required = [{ required: true, message: t("form.required") }];
  return (
    <Form form={form} layout="vertical" initialValues={{ method: "original" }} onFinish={(values) => giving.mutate(values, { onError: onStale })}>
      {quote.needsApproval ? <Alert type="warning" showIcon title={t("withdrawal.needsApproval")} /> : null}
      <Form.Item name="method" label={t("withdrawal.method")}>
        <Radio.Group optionType="button" options={(["original", "cash", "bank"] as const).map((one) => ({ value: one, label: t(`withdrawal.methods.${one}`) }))} />
      </Form.Item>
      {method === "bank" ? <Form.Item name="reference" label={t("withdrawal.reference")} rules={required}><Input maxLength={64} /></Form.Item> : null}
      <Form.Item name="reason" label={t("form.reason")} rules={required}><Input maxLength={200} /></Form.Item>
      <ProblemAlert error={giving.error} />
      <Button type="primary" danger htmlType="submit" loading={giving.isPending}>{t("withdrawal.submit", { sum: formatFen(quote.refundFen) })}</Button>
    </Form>
  );
}
