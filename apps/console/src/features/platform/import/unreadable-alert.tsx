import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../../api/problem.ts";
import { ProblemAlert } from "../../../design/state.tsx";

/** Why a file cannot be read, and what to do about it. */
export function UnreadableAlert({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { code, reason = "" } = problemOf(error);
  if (!error || code !== "platform/import-unreadable") return <ProblemAlert error={error} />;
  return <Alert type="error" showIcon role="alert" title={t(`import.unreadable.${reason}`, { defaultValue: t("import.unreadable.other") })} />;
}
