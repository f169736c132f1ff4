import { DownOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Dropdown, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useCan } from "../../shell/session.ts";
import { type Member, memberRefreshes } from "../customers/member.ts";
import { CounterRedemption } from "../mall/counter-redemption.tsx";
import { earnSources } from "./points-program.ts";
import { tiersQuery } from "./tier.ts";

type Open = "redeem" | "freeze" | "transfer" | "earn" | "grant" | null;

const refreshes = (memberId: string) => [...memberRefreshes(memberId), [`/members/${memberId}/points-freezes`], [`/members/${memberId}/tier-grants`], [`/members/${memberId}/points-months`]];

/** What is done to a member's points and tier seldom, and with a reason. */
export function PointsActions({ member }: { member: Member }) {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const items = [
    ...(can("till.use") ? [{ key: "redeem", label: t("counter.title") }] : []),
    ...(can("points.adjust") ? [{ key: "freeze", label: t("pointsAction.freeze") }, { key: "transfer", label: t("pointsAction.transfer") }, { key: "earn", label: t("pointsAction.earn") }] : []),
    ...(can("loyalty.manage") ? [{ key: "grant", label: t("pointsAction.grant") }] : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <Dropdown menu={{ items, onClick: ({ key }) => setOpen(key as Open) }} trigger={["click"]}><Button>{t("pointsAction.more")} <DownOutlined /></Button></Dropdown>
      <CounterRedemption memberId={member.id} isOpen={open === "redeem"} onClose={close} />
      <Freeze member={member} isOpen={open === "freeze"} onClose={close} />
      <Transfer member={member} isOpen={open === "transfer"} onClose={close} />
      <Earn member={member} isOpen={open === "earn"} onClose={close} />
      <Grant member={member} isOpen={open === "grant"} onClose={close} />
    </>
  );
}

interface Props {
  member: Member;
  isOpen: boolean;
  onClose: () => void;
}

function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="reason" label={t("form.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}>
      <Input.TextArea maxLength={200} rows={3} showCount />
    </Form.Item>
  );
}

function Freeze({ member, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <FormDrawer<{ points?: number; reason: string }, unknown>
      title={t("pointsAction.freeze")} isOpen={isOpen} onClose={onClose} initial={{}} refreshes={refreshes(member.id)} onDone={() => void message.success(t("state.saved"))}
      run={({ points, reason }, key) => api.post(`/members/${member.id}/points:freeze`, { reason, ...(points ? { points } : {}) }, key)}
    >
      <p className="sentence">{t("pointsAction.freezeLead", { points: member.points.active })}</p>
      <Form.Item name="points" label={t("member.points")} extra={t("pointsAction.freezeAll")}><InputNumber min={1} max={Math.max(1, member.points.active)} precision={0} autoFocus /></Form.Item>
      <ReasonField />
    </FormDrawer>
  );
}

function Transfer({ member, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<{ to: string; points: number; reason: string }, { toName: string; points: number }>
      title={t("pointsAction.transfer")} isOpen={isOpen} onClose={onClose} initial={{}} refreshes={[...refreshes(member.id), ["members"]]}
      onDone={({ toName, points }) => void message.success(t("pointsAction.transferred", { name: toName || t("member.nameless"), points }))}
      run={({ to, points, reason }, key) => api.post(`/members/${member.id}/points:transfer`, { points, reason, ...(/^1\d{10}$/.test(to.replaceAll(/\s/g, "")) ? { phone: to } : { memberNo: to }) }, key)}
    >
      <p className="sentence">{t("pointsAction.transferLead", { points: member.points.active })}</p>
      <Form.Item name="to" label={t("pointsAction.to")} extra={t("pointsAction.toHelp")} rules={required}><Input maxLength={32} autoFocus /></Form.Item>
      <Form.Item name="points" label={t("member.points")} rules={required}><InputNumber min={1} max={Math.max(1, member.points.active)} precision={0} /></Form.Item>
      <ReasonField />
    </FormDrawer>
  );
}

/** Orders and top-ups tell of themselves; what happens elsewhere somebody notes. */
const notedSources = earnSources.filter((one) => one !== "order" && one !== "top-up");

function Earn({ member, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<{ source: string; reference: string; note?: string }, { points: number; repeated: boolean }>
      title={t("pointsAction.earn")} isOpen={isOpen} onClose={onClose} initial={{ source: "activity" }} refreshes={refreshes(member.id)}
      onDone={({ points, repeated }) => void (repeated ? message.info(t("pointsAction.earnedBefore", { points })) : message.success(t("pointsAction.earned", { points })))}
      run={({ note, ...values }, key) => api.post(`/members/${member.id}/points:earn`, { ...values, ...(note?.trim() ? { note } : {}) }, key)}
    >
      <p className="sentence">{t("pointsAction.earnLead")}</p>
      <Form.Item name="source" label={t("pointsAction.source")} rules={required}><Select options={notedSources.map((one) => ({ value: one, label: t(`earnRule.source.${one}`) }))} /></Form.Item>
      <Form.Item name="reference" label={t("pointsAction.reference")} extra={t("pointsAction.referenceHelp")} rules={required}><Input maxLength={100} autoFocus /></Form.Item>
      <Form.Item name="note" label={t("entry.reason")}><Input maxLength={100} /></Form.Item>
    </FormDrawer>
  );
}

function Grant({ member, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tiers = useQuery({ ...tiersQuery, enabled: isOpen }).data?.items ?? [];
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<{ tierId: string; until: string; reason: string }, unknown>
      title={t("pointsAction.grant")} isOpen={isOpen} onClose={onClose} initial={{}} refreshes={refreshes(member.id)} onDone={() => void message.success(t("state.saved"))}
      run={(values) => api.post(`/members/${member.id}/tier:grant`, values)}
    >
      <p className="sentence">{t("pointsAction.grantLead")}</p>
      <Form.Item name="tierId" label={t("member.tier")} rules={required}><Select options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} /></Form.Item>
      <Form.Item name="until" label={t("pointsAction.until")} rules={required}><DayInput /></Form.Item>
      <ReasonField />
    </FormDrawer>
  );
}
