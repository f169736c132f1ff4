import { useQuery } from "@tanstack/react-query";
import { Form, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { useOfferOptions } from "./offer.ts";
import type { Replay } from "./replay.ts";
import { templatesQuery } from "./rule-editor/template-choice.tsx";

interface Values {
  /** "offer/…" or "template/…" */
  subject: string;
  days: number;
  against: "as-sold" | "today";
  budgetFen: number | null;
  storeIds: string[];
}

interface Props {
  isOpen: boolean;
  offerId: string | null;
  templateId: string | null;
  onClose: () => void;
  onStarted: (replay: Replay) => void;
}

/** Which rule, over how many days, compared with what. */
export function ReplayForm({ isOpen, offerId, templateId, onClose, onStarted }: Props) {
  const { t } = useTranslation();
  const subject = offerId ? `offer/${offerId}` : templateId ? `template/${templateId}` : undefined;
  return (
    <FormDrawer<Values, Replay>
      title={t("replay.new")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ ...(subject && { subject }), days: 30, against: "as-sold", budgetFen: null, storeIds: [] }}
      run={({ subject, ...values }) => api.post<Replay>("/replays", { ...values, subject: { kind: subject.split("/")[0], id: subject.split("/")[1] } })}
      refreshes={[["/replays"]]}
      onDone={onStarted}
      submitLabel={t("replay.start")}
    >
      <ReplayFields />
    </FormDrawer>
  );
}

function ReplayFields() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const offers = useOfferOptions();
  const templates = useQuery(templatesQuery).data?.items ?? [];
  const options = [
    { label: t("menu.offers"), options: offers.map((one) => ({ ...one, value: `offer/${one.value}` })) },
    { label: t("menu.coupons"), options: templates.map((one) => ({ value: `template/${one.id}`, label: one.name })) },
  ];
  return (
    <>
      <Form.Item name="subject" label={t("replay.subject")} extra={t("replay.subjectHelp")} rules={[{ required: true, message: t("form.required") }]}><Select showSearch={{ optionFilterProp: "label" }} options={options} /></Form.Item>
      <Form.Item name="days" label={t("replay.period")} extra={t("replay.periodHelp")} rules={[{ required: true, message: t("form.required") }]}><InputNumber min={1} max={366} precision={0} suffix={t("form.days")} /></Form.Item>
      <Form.Item name="against" label={t("replay.against")} rules={[{ required: true }]}><Radio.Group options={(["as-sold", "today"] as const).map((one) => ({ value: one, label: t(`replay.againsts.${one}`) }))} /></Form.Item>
      <Form.Item name="budgetFen" label={t("replay.budget")} extra={t("replay.budgetHelp")}><MoneyInput /></Form.Item>
      <Form.Item name="storeIds" label={t("shell.stores")}><Select mode="multiple" allowClear placeholder={t("form.any")} showSearch={{ optionFilterProp: "label" }} options={stores.map((store) => ({ value: store.id, label: store.name }))} /></Form.Item>
    </>
  );
}
