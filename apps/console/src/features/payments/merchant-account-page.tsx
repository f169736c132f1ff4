import "./prepaid.css";
import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";

type MerchantAccount = ConsoleSchemas["MerchantAccount"];

interface Values extends Omit<MerchantAccount, "at" | "by"> {
  privateKeyPem?: string;
  apiV3Key?: string;
}

const path = "/merchant-account";

/** The brand's own account at WeChat Pay. Its secrets go in and are never shown. */
export function MerchantAccountPage() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [isEditing, setEditing] = useState(false);
  const found = useQuery({ queryKey: [path], queryFn: () => api.get<{ account: MerchantAccount | null }>(path) });
  const drop = useAction<void, unknown>({ run: () => api.post(`${path}:drop`), refreshes: [[path]] });
  const account = found.data?.account ?? null;
  const askDrop = () => modal.confirm({ title: t("merchantAccount.dropTitle"), content: t("merchantAccount.dropText"), okText: t("merchantAccount.drop"), cancelText: t("action.cancel"), onOk: () => drop.mutateAsync() });
  const edit = <Button type="primary" onClick={() => setEditing(true)}>{t(account ? "merchantAccount.change" : "merchantAccount.set")}</Button>;
  return (
    <PageFrame title={t("menu.merchantAccount")} lead={t("merchantAccount.lead")} actions={account ? <>{edit}<Button onClick={askDrop}>{t("merchantAccount.drop")}</Button></> : null}>
      {found.isPending ? <LoadingState /> : found.isError ? <FailureState error={found.error} onRetry={() => void found.refetch()} />
        : account ? <Facts account={account} /> : <EmptyState title={t("merchantAccount.none")} text={t("merchantAccount.noneText")} action={edit} />}
      <AccountForm account={account} isOpen={isEditing} onClose={() => setEditing(false)} />
    </PageFrame>
  );
}

function Facts({ account }: { account: MerchantAccount }) {
  const { t } = useTranslation();
  const clock = useClock();
  const facts: [string, string][] = [
    ["merchantId", account.merchantId], ["appId", account.appId], ["certificateSerial", account.certificateSerial], ["publicKeyId", account.publicKeyId],
    ["privateKeyPem", t("merchantAccount.kept")], ["apiV3Key", t("merchantAccount.kept")], ["papayPlanId", account.papayPlanId === null ? "—" : String(account.papayPlanId)], ["changedAt", clock.instant(account.at)],
  ];
  return <ul className="sums merchant-facts">{facts.map(([name, value]) => <li key={name}><span className="soft">{t(`merchantAccount.${name}`)}</span><span>{value}</span></li>)}</ul>;
}

function AccountForm({ account, isOpen, onClose }: { account: MerchantAccount | null; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("form.required") }];
  const secret = account ? [] : required;
  const secretHelp = t("merchantAccount.secretHelp") + (account ? t("merchantAccount.secretKept") : "");
  const { at: _at, by: _by, ...initial } = account ?? { at: "", by: "" };
  return (
    <FormDrawer<Values, unknown>
      title={t("menu.merchantAccount")} isOpen={isOpen} onClose={onClose} initial={initial} refreshes={[[path]]} width={560}
      run={({ privateKeyPem, apiV3Key, ...open }) => api.put(path, { ...open, ...(privateKeyPem && { privateKeyPem }), ...(apiV3Key && { apiV3Key }) })}
    >
      {(["merchantId", "appId", "certificateSerial", "publicKeyId"] as const).map((name) => (
        <Form.Item key={name} name={name} label={t(`merchantAccount.${name}`)} rules={required}><Input maxLength={64} autoComplete="off" /></Form.Item>
      ))}
      <Form.Item name="publicKeyPem" label={t("merchantAccount.publicKeyPem")} rules={required}><Input.TextArea rows={4} placeholder="-----BEGIN PUBLIC KEY-----" /></Form.Item>
      <Form.Item name="privateKeyPem" label={t("merchantAccount.privateKeyPem")} extra={secretHelp} rules={secret}><Input.TextArea rows={4} autoComplete="off" placeholder="-----BEGIN PRIVATE KEY-----" /></Form.Item>
      <Form.Item name="apiV3Key" label={t("merchantAccount.apiV3Key")} extra={secretHelp} rules={secret}><Input.Password maxLength={32} autoComplete="new-password" /></Form.Item>
      <Form.Item name="papayPlanId" label={t("merchantAccount.papayPlanId")} extra={t("merchantAccount.papayHelp")}><InputNumber min={1} precision={0} /></Form.Item>
    </FormDrawer>
  );
}
