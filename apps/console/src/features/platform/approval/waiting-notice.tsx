import { useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useJoined } from "../../../design/joined.ts";
import { stepName, type Waiting } from "./approval.ts";

/** Says that nothing has happened yet, and who has to agree. Stays until it was read: a guest may be waiting for the money. */
export function useWaitingNotice() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const joined = useJoined();
  const navigate = useNavigate();
  return ({ deciders, stepName: step, requestId }: Waiting) => {
    const open = () => {
      dialog.destroy();
      void navigate({ to: "/approvals", search: { tab: "asked", id: requestId } as never });
    };
    const dialog = modal.info({
      title: t("approval.waitingTitle"),
      content: (
        <div className="stack-tight">
          <p>{t("approval.waitingFor", { step: stepName(t, step), names: joined(deciders.slice(0, 5)) + (deciders.length > 5 ? "…" : "") })}</p>
          <p className="soft">{t("approval.waitingText")}</p>
          <div><Button onClick={open}>{t("approval.open")}</Button></div>
        </div>
      ),
      okText: t("approval.waitingOk"),
    });
  };
}
