import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, QRCode, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { showFieldErrors } from "../../design/field-errors.ts";
import { Fact, Facts, PageFrame, Panel } from "../../design/page-frame.tsx";
import { useSecretNotice } from "../../design/secret-notice.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import { useSession } from "../../shell/session.ts";

export function AccountPage() {
  const { t } = useTranslation();
  const { staff, tenant, dataScope, stores } = useSession();
  return (
    <PageFrame title={t("account.title")}>
      <Panel>
        <Facts>
          <Fact label={t("staff.name")}>{staff.name}</Fact>
          <Fact label={t("signIn.account")}>{staff.account}</Fact>
          <Fact label={t("signIn.brand")}>{`${tenant.name} (${tenant.code})`}</Fact>
          <Fact label={t("role.scope")}>{t(`role.scopes.${dataScope.kind}`)}</Fact>
          <Fact label={t("shell.stores")} isWide>{stores.map((store) => store.name).join(t("rule.listComma")) || "—"}</Fact>
        </Facts>
      </Panel>
      <div className="columns">
        <PasswordPanel />
        <TotpPanel />
      </div>
    </PageFrame>
  );
}

const passwordLengthMin = 10;

function PasswordPanel() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ current: string; next: string; again: string }>();
  const change = useAction<{ current: string; next: string }, unknown>({
    run: (passwords) => api.post("/session/password", passwords),
    onDone: () => {
      form.resetFields();
      message.success(t("account.passwordChanged"));
    },
  });
  useEffect(() => {
    if (change.error) showFieldErrors(form, change.error, t);
  }, [change.error, form, t]);
  const required = { required: true, message: t("form.required") };
  return (
    <Panel title={t("account.password")}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ current, next }) => change.mutate({ current, next })}>
        <Form.Item name="current" label={t("account.current")} rules={[required]}><Input.Password autoComplete="current-password" /></Form.Item>
        <Form.Item name="next" label={t("account.next")} rules={[required, { min: passwordLengthMin, message: t("account.tooShort", { length: passwordLengthMin }) }]}><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item
          name="again"
          label={t("account.again")}
          dependencies={["next"]}
          rules={[required, ({ getFieldValue }) => ({ validator: (_rule, value) => (value === getFieldValue("next") ? Promise.resolve() : Promise.reject(new Error(t("account.different")))) })]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <ProblemAlert error={change.error} except={["current", "next"]} />
        <Button htmlType="submit" type="primary" loading={change.isPending}>{t("account.changePassword")}</Button>
      </Form>
    </Panel>
  );
}

function TotpPanel() {
  const { t } = useTranslation();
  const { staff, totpEnabled } = useSession();
  const showSecret = useSecretNotice();
  const queryClient = useQueryClient();
  const [code, setCode] = useState("");
  const begin = useAction<void, { secret: string; otpauthUrl: string }>({ run: () => api.post("/session/totp:begin") });
  const confirm = useAction<string, { recoveryCodes: string[] }>({
    run: (given) => api.post("/session/totp:confirm", { code: given }),
    onDone: ({ recoveryCodes }) => {
      begin.reset();
      setCode("");
      // The server keeps only their digests: this is the only time to write them down.
      showSecret(t("account.totpDone"), recoveryCodes.join("\n"), {
        text: t("account.recovery"), download: { fileName: `shuke-recovery-codes-${staff.account}.txt`, label: t("account.download") },
      });
      void queryClient.refetchQueries({ queryKey: ["session"] });
    },
  });
  return (
    <Panel title={t("account.totp")} extra={totpEnabled ? <Tag color="success">{t("account.totpOn")}</Tag> : <Tag>{t("account.totpOff")}</Tag>}>
      <div className="stack">
        <p className="soft">{t("account.totpText")}</p>
        {begin.data ? (
          <form className="stack" onSubmit={(event) => { event.preventDefault(); confirm.mutate(code.trim()); }}>
            <div className="row">
              <span role="img" aria-label={t("account.qr")} className="qr-ground"><QRCode value={begin.data.otpauthUrl} size={168} type="svg" bgColor="#ffffff" color="#000000" /></span>
              <div className="stack-tight">
                <span>{t("account.scan")}</span>
                <code className="secret">{begin.data.secret}</code>
              </div>
            </div>
            <label className="stack-tight">
              {t("account.code")}
              <Input value={code} onChange={(event) => setCode(event.target.value)} inputMode="numeric" maxLength={6} autoComplete="one-time-code" autoFocus />
            </label>
            <ProblemAlert error={confirm.error} />
            <Button type="primary" htmlType="submit" disabled={code.trim().length !== 6} loading={confirm.isPending}>{t("account.confirm")}</Button>
          </form>
        ) : (
          <>
            <ProblemAlert error={begin.error} />
            <Button loading={begin.isPending} onClick={() => begin.mutate()}>{totpEnabled ? t("account.renew") : t("account.enable")}</Button>
            {totpEnabled ? <TotpOff /> : null}
          </>
        )}
        {totpEnabled && begin.data ? <Alert type="warning" showIcon title={t("account.renewWarning")} /> : null}
      </div>
    </Panel>
  );
}

function TotpOff() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [password, setPassword] = useState("");
  const off = useAction<string, unknown>({ run: (given) => api.post("/session/totp:disable", { password: given }), refreshes: [["session"]], onDone: () => message.success(t("account.totpDisabled")) });
  const refresh = useQueryClient();
  const submit = () => off.mutate(password, { onSuccess: () => void refresh.refetchQueries({ queryKey: ["session"] }) });
  return (
    <form className="stack-tight" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <label htmlFor="totp-off">{t("account.disableLabel")}</label>
      <div className="row">
        <Input.Password id="totp-off" className="totp-off" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        <Button htmlType="submit" danger disabled={password === ""} loading={off.isPending}>{t("account.disable")}</Button>
      </div>
      <ProblemAlert error={off.error} />
    </form>
  );
}
