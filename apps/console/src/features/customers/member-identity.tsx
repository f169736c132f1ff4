import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { RowTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { Panel } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import { type Member, memberRefreshes } from "./member.ts";
import { MemberMerges } from "./member-merges.tsx";
import { MergeDialog, type Pairing } from "./merge-dialog.tsx";
import type { MemberIdentity } from "./merging.ts";

const kinds = ["phone", "wechat-unionid", "wechat-openid", "alipay", "email", "card", "device", "external"] as const;

/** How the member is recognised, and whom they were merged with. */
export function MemberIdentityTab({ member }: { member: Member }) {
  const { t } = useTranslation();
  const can = useCan();
  const [pairing, setPairing] = useState<Pairing | null>(null);
  return (
    <div className="stack">
      <Identities memberId={member.id} />
      <Panel title={t("identity.merges")} extra={can("members.merge") ? <OtherMember onFound={(other) => setPairing({ survivor: member, absorbed: other })} /> : null}>
        <MemberMerges memberId={member.id} />
      </Panel>
      <MergeDialog pairing={pairing} onClose={() => setPairing(null)} onDone={() => setPairing(null)} />
    </div>
  );
}

function Identities({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const canWrite = useCan()("members.write");
  const askReason = useReason();
  const [isLinking, setLinking] = useState(false);
  const path = `/members/${memberId}/identities`;
  const refreshes = [[path], ...memberRefreshes(memberId)];
  const identities = useQuery({ queryKey: [path], queryFn: () => api.get<{ items: MemberIdentity[] }>(path) });
  const unlinking = useAction<{ identityId: string; reason: string }, unknown>({ run: (body) => api.post(`${path}:unlink`, body), refreshes });
  if (identities.isError) return <FailureState error={identities.error} onRetry={() => void identities.refetch()} />;
  if (!identities.data) return <LoadingState rows={4} />;
  const { items } = identities.data;
  return (
    <Panel title={t("identity.title")} extra={canWrite ? <Button size="small" onClick={() => setLinking(true)}>{t("identity.link")}</Button> : null}>
      {items.length === 0 ? <EmptyState title={t("identity.none")} /> : (
        <RowTable<MemberIdentity>
          label={t("identity.title")} rows={items} rowKey={(one) => one.id}
          columns={[
            { title: t("identity.kind"), render: (one) => t(`identity.kinds.${one.kind}`) },
            { title: t("identity.value"), isWide: true, render: (one) => <span className="row"><span className="num">{one.shown}</span>{one.isVerified ? <Tag color="green">{t("identity.verified")}</Tag> : null}</span> },
            { title: "", render: (one) => <span className="soft">{t("identity.since", { at: clock.instant(one.since) })}</span> },
            ...(canWrite ? [{ title: "", render: (one: MemberIdentity) => (
              <Button size="small" type="text" danger onClick={() => askReason({ title: t("identity.unlinkTitle"), text: t("identity.unlinkText"), run: (reason) => unlinking.mutateAsync({ identityId: one.id, reason }) })}>{t("identity.unlink")}</Button>
            ) }] : []),
          ]}
        />
      )}
      <FormDrawer<{ kind: string; value: string; reason: string }, unknown>
        title={t("identity.link")} isOpen={isLinking} onClose={() => setLinking(false)} initial={{ kind: "phone" }} run={(body) => api.post(`${path}:link`, body)} refreshes={refreshes}
      >
        <Form.Item name="kind" label={t("identity.kind")}><Select options={kinds.map((value) => ({ value, label: t(`identity.kinds.${value}`) }))} /></Form.Item>
        <Form.Item name="value" label={t("identity.value")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={200} /></Form.Item>
        <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, message: t("form.required") }]}><Input maxLength={200} /></Form.Item>
      </FormDrawer>
    </Panel>
  );
}

/** Finds the other member exactly, as a till does. */
function OtherMember({ onFound }: { onFound: (other: Member) => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const finding = useAction<{ text: string }, Member>({
    run: ({ text }) => api.post("/members:lookup", /^[2-9]\d{9}$/.test(text) ? { memberNo: text } : { phone: text }),
    onDone: (other) => {
      setOpen(false);
      onFound(other);
    },
  });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>{t("identity.mergeOther")}</Button>
      <Modal title={t("identity.mergeOther")} open={isOpen} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <Form layout="vertical" requiredMark={false} onFinish={({ text }: { text?: string }) => (text?.trim() ? finding.mutate({ text: text.trim() }) : void message.warning(t("form.required")))}>
          <Form.Item name="text" label={t("identity.mergeOtherHint")}><Input autoFocus maxLength={32} /></Form.Item>
          <ProblemAlert error={finding.error} />
          <Button type="primary" htmlType="submit" loading={finding.isPending}>{t("identity.find")}</Button>
        </Form>
      </Modal>
    </>
  );
}

