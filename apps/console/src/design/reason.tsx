import { App, Input } from "antd";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./state.tsx";

interface Question {
  title: string;
  text?: string;
  run: (reason: string) => Promise<unknown>;
}

/** Asks for a reason before something that the audit log must be able to explain. */
export function useReason() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return ({ title, text, run }: Question) => {
    let reason = "";
    const content = (error?: unknown) => (
      <div className="stack-tight">
        {text ? <p>{text}</p> : null}
        <Input autoFocus maxLength={200} aria-label={t("form.reason")} placeholder={t("form.reason")} onChange={(event) => { reason = event.target.value; }} />
        <ProblemAlert error={error} />
      </div>
    );
    const dialog = modal.confirm({
      title,
      content: content(),
      okButtonProps: { danger: true },
      okText: t("action.confirm"),
      cancelText: t("action.cancel"),
      onOk: async () => {
        try {
          await run(reason.trim());
        } catch (error) {
          dialog.update({ content: content(error) });
          throw error;
        }
      },
    });
  };
}
