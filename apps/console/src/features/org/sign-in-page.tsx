import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemOf } from "../../api/problem.ts";
import { showFieldErrors } from "../../design/field-errors.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { chooseLanguage } from "../../language/language.ts";

interface Credentials {
  brand: string;
  account: string;
  password: string;
  totp?: string;
}

const brandStorage = "shuke.brand";

export function SignInPage() {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    document.title = `${t("signIn.title")} · 熟客`;
  }, [t]);
  return (
    <div className="sign-in">
      <aside className="sign-in-art">
        <strong>熟客 SHUKE</strong>
        <blockquote>{t("signIn.motto")}</blockquote>
        <small>{t("signIn.mottoNote")}</small>
      </aside>
      <main className="sign-in-form">
        <div>
          <SignInForm />
          <Button type="link" className="sign-in-language" onClick={() => void chooseLanguage(i18n.language === "en" ? "zh-CN" : "en")}>
            {i18n.language === "en" ? "简体中文" : "English"}
          </Button>
        </div>
      </main>
    </div>
  );
}

function SignInForm() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Credentials>();
  const [needsTotp, setNeedsTotp] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const signIn = useAction<Credentials, unknown>({
    run: (credentials) => api.post("/sign-in", credentials),
    onDone: (_done, { brand }) => {
      localStorage.setItem(brandStorage, brand);
      queryClient.clear();
      void navigate({ href: safeAddress(next), replace: true });
    },
  });
  const error = signIn.error;
  const isTotpQuestion = error !== null && problemOf(error).code === "org/totp-required" && !form.getFieldValue("totp");
  useEffect(() => {
    if (!error) return;
    if (problemOf(error).code === "org/totp-required") setNeedsTotp(true);
    showFieldErrors(form, error, t);
  }, [error, form, t]);
  useEffect(() => {
    if (needsTotp) form.getFieldInstance("totp")?.focus();
  }, [needsTotp, form]);
  const rules = [{ required: true, message: t("form.required") }];
  return (
    <Form form={form} layout="vertical" size="large" requiredMark={false} initialValues={{ brand: localStorage.getItem(brandStorage) ?? "" }} onFinish={(values) => signIn.mutate(trimmed(values))}>
      <h1>{needsTotp ? t("signIn.totpTitle") : t("signIn.title")}</h1>
      <Form.Item name="brand" label={t("signIn.brand")} rules={rules} hidden={needsTotp}><Input autoComplete="organization" autoCapitalize="none" /></Form.Item>
      <Form.Item name="account" label={t("signIn.account")} rules={rules} hidden={needsTotp}><Input autoComplete="username" autoCapitalize="none" /></Form.Item>
      <Form.Item name="password" label={t("signIn.password")} rules={rules} hidden={needsTotp}><Input.Password autoComplete="current-password" /></Form.Item>
      {needsTotp ? (
        <Form.Item name="totp" label={t("signIn.totp")} extra={t("signIn.totpHelp")} rules={rules}>
          <Input autoComplete="one-time-code" maxLength={20} />
        </Form.Item>
      ) : null}
      {error && !isTotpQuestion ? <Form.Item><ProblemAlert error={error} /></Form.Item> : null}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>{t("signIn.submit")}</Button>
      {needsTotp ? <Button type="link" block onClick={() => setNeedsTotp(false)}>{t("signIn.otherAccount")}</Button> : null}
    </Form>
  );
}

function trimmed(values: Credentials): Credentials {
  const { totp, ...rest } = values;
  const code = totp?.replace(/\s/g, "");
  return { ...rest, brand: rest.brand.trim(), account: rest.account.trim(), ...(code && { totp: code }) };
}

/** Only our own pages: `next` comes from the address and must not lead elsewhere. */
function safeAddress(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}
