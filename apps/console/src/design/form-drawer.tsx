import { Button, Drawer, Form, type FormInstance } from "antd";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../api/action.ts";
import { type FieldError, problemOf } from "../api/problem.ts";
import { showFieldErrors, shownFields } from "./field-errors.ts";
import { ProblemAlert } from "./state.tsx";

interface Props<Values extends object, Output> {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  initial: Partial<Values>;
  run: (values: Values, key: string) => Promise<Output>;
  refreshes: readonly (readonly unknown[])[];
  onDone?: (output: Output) => void;
  submitLabel?: string;
  width?: number;
  /** Refused fields that the children show themselves; they get the refusals. */
  shows?: (field: string) => boolean;
  children: ReactNode | ((form: FormInstance<Values>, refused: readonly FieldError[]) => ReactNode);
}

/** The one way to edit something: a drawer with a form, whose refused fields carry the server's words. */
export function FormDrawer<Values extends object, Output>(props: Props<Values, Output>) {
  const { title, isOpen, onClose, initial, run, refreshes, onDone, submitLabel, width = 480, shows, children } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const action = useAction<Values, Output>({
    run,
    refreshes,
    onDone: (output) => {
      onDone?.(output);
      onClose();
    },
  });
  const { error, reset } = action;
  // A second Enter comes before the button shows that it waits, or while the drawer closes.
  const isSent = useRef(false);
  useEffect(() => {
    if (!isOpen) return;
    reset();
    isSent.current = false;
  }, [isOpen, reset]);
  const send = (values: Values) => {
    if (isSent.current) return;
    isSent.current = true;
    action.mutate(values, { onError: () => { isSent.current = false; } });
  };
  useEffect(() => {
    if (error) showFieldErrors(form, error, t);
  }, [error, form, t]);
  const refused = useMemo(() => (error ? (problemOf(error).errors ?? []) : []), [error]);
  return (
    <Drawer
      title={title}
      open={isOpen}
      onClose={onClose}
      size={Math.min(width, window.innerWidth)}
      destroyOnHidden
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="primary" loading={action.isPending} onClick={() => form.submit()}>{submitLabel ?? t("action.save")}</Button>
        </div>
      }
    >
      {/* What was typed goes with the form: the next one would begin with it. */}
      <Form form={form} layout="vertical" initialValues={initial} onFinish={send} scrollToFirstError clearOnDestroy>
        {typeof children === "function" ? children(form, refused) : children}
        <ProblemAlert error={error} except={error ? [...shownFields(form, error), ...refused.map((one) => one.field).filter((field) => shows?.(field))] : []} />
        <button type="submit" hidden />
      </Form>
    </Drawer>
  );
}
