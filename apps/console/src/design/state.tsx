import { LockOutlined, ReloadOutlined } from "@ant-design/icons";
import { Alert, Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { fieldSentence, problemOf, problemSentence } from "../api/problem.ts";

interface NoticeProps {
  mark: ReactNode;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
}

function Notice({ mark, title, text, action }: NoticeProps) {
  return (
    <div className="notice">
      <div className="notice-mark" aria-hidden="true">{mark}</div>
      <p className="notice-title">{title}</p>
      {text ? <p className="notice-text">{text}</p> : null}
      {action}
    </div>
  );
}

/** Nothing here yet: says what would be here and offers the way to get it there. */
export function EmptyState({ title, text, action }: { title?: string | undefined; text?: ReactNode; action?: ReactNode }) {
  const { t } = useTranslation();
  return <Notice mark={<EmptyBowl />} title={title ?? t("state.empty")} text={text} action={action} />;
}

export function ForbiddenState({ permission }: { permission?: string }) {
  const { t } = useTranslation();
  return (
    <Notice
      mark={<LockOutlined />}
      title={t("state.forbidden")}
      text={permission ? t("state.forbiddenText", { permission: t(`permission.${permission.replace(".", "-")}`) }) : t("state.forbiddenAny")}
    />
  );
}

/** A whole area failed to load. 403 and 404 are answers of their own, not failures. */
export function FailureState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  if (problem.status === 403) return <ForbiddenState />;
  if (problem.status === 404) return <EmptyState title={t("state.missing")} text={t("state.missingText")} />;
  return (
    <Notice
      mark="!"
      title={problemSentence(t, error)}
      text={problem.requestId ? <>{t("state.requestId")} <code>{problem.requestId}</code></> : undefined}
      action={onRetry ? <Button icon={<ReloadOutlined />} onClick={onRetry}>{t("state.retry")}</Button> : null}
    />
  );
}

/** The refusal of an action, beside the action. Field errors that no form field shows are listed. */
export function ProblemAlert({ error, except = [] }: { error: unknown; except?: string[] }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = problemOf(error);
  const rest = (problem.errors ?? []).filter((one) => !except.includes(one.field));
  const list = rest.length > 0 ? <ul className="problem-list">{rest.map((one) => <li key={one.field + one.code}><code>{one.field}</code> {fieldSentence(t, one)}</li>)}</ul> : undefined;
  return <Alert type="error" showIcon role="alert" title={problemSentence(t, error)} description={list} />;
}

export function LoadingState({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className="panel">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

function EmptyBowl() {
  return (
    <svg width="56" height="40" viewBox="0 0 56 40" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
      <path d="M4 18h48c0 10-8 18-18 18H22C12 36 4 28 4 18Z" />
      <path d="M20 12c0-4 4-4 4-8M30 12c0-4 4-4 4-8" opacity=".5" />
    </svg>
  );
}
