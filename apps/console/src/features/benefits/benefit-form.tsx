import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { tiersQuery } from "../loyalty/tier.ts";
import { LiveCouponSelect } from "../promotions/live-coupon-select.tsx";
import { type Benefit, benefitKinds, grantTimes } from "./benefit.ts";

type Values = Omit<Benefit, "id" | "granted" | "used" | "codesLeft">;

const fresh: Partial<Values> = { offerId: null, kind: "coupon", grantOn: "birthday", description: "", tierIds: [], quota: 1, leadDays: 7, validDays: 30, isAutomatic: false, position: 100, state: "draft" };
const flags: readonly Benefit["kind"][] = ["priority-queue", "free-delivery", "exclusive-price"];
/** What an offer does at the till, for the tiers that are named. */
const offered: readonly Benefit["kind"][] = ["free-delivery", "exclusive-price"];

function bodyOf({ kind, grantOn, ...values }: Values, isNew: boolean) {
  const isGiven = kind === "coupon" || kind === "points";
  const body = {
    ...values, description: values.description ?? "", quota: offered.includes(kind) ? null : (values.quota ?? (flags.includes(kind) ? null : 1)), offerId: offered.includes(kind) ? (values.offerId ?? null) : null, couponTemplateId: kind === "coupon" ? (values.couponTemplateId ?? null) : null,
    points: kind === "points" ? (values.points ?? null) : null, isAutomatic: isGiven && grantOn !== "hand" && values.isAutomatic,
  };
  return isNew ? { ...body, kind, grantOn: offered.includes(kind) ? "always" : grantOn } : body;
}

export function BenefitForm({ edited, onClose }: { edited: Benefit | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const benefit = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, Benefit>
      title={benefit ? benefit.name : t("benefit.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={benefit ?? fresh}
      run={(values) => {
        const body = bodyOf({ ...values, kind: values.kind ?? benefit?.kind ?? "coupon", grantOn: values.grantOn ?? benefit?.grantOn ?? "birthday", isAutomatic: values.isAutomatic ?? benefit?.isAutomatic ?? false }, benefit === null);
        return benefit ? api.patch(`/benefits/${benefit.id}`, body) : api.post("/benefits", body);
      }}
      refreshes={[["/benefits"]]}
      width={560}
    >
      {(form) => <Fields form={form} benefit={benefit} />}
    </FormDrawer>
  );
}

function Fields({ form, benefit }: { form: FormInstance<Values>; benefit: Benefit | null }) {
  const { t } = useTranslation();
  const kind = Form.useWatch("kind", form) ?? benefit?.kind ?? "coupon";
  const chosenTime = Form.useWatch("grantOn", form) ?? benefit?.grantOn ?? "birthday";
  const isOffered = offered.includes(kind);
  const grantOn = isOffered ? "always" : chosenTime;
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const required = [{ required: true, message: t("form.required") }];
  const offers = useQuery({ queryKey: ["/offers", "choice"], queryFn: () => api.get<Page<{ id: string; name: string; kind: string }>>("/offers", { limit: 200 }), enabled: kind === "exclusive-price" });
  const isGiven = kind === "coupon" || kind === "points";
  return (
    <>
      <Form.Item name="name" label={t("benefit.name")} rules={required}><Input maxLength={60} /></Form.Item>
      <Form.Item name="description" label={t("benefit.description")}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      <div className="field-pair">
        <Form.Item name="kind" label={t("benefit.kind")}><Select disabled={benefit !== null} options={benefitKinds.map((one) => ({ value: one, label: t(`benefit.kinds.${one}`) }))} /></Form.Item>
        {isOffered ? null : <Form.Item name="grantOn" label={t("benefit.grantOn")}>
          <Select disabled={benefit !== null} options={grantTimes.filter((one) => one !== "always" || flags.includes(kind)).map((one) => ({ value: one, label: t(`benefit.grantTimes.${one}`) }))} />
        </Form.Item>}
        {kind === "exclusive-price" ? <Form.Item name="offerId" label={t("benefit.offer")} rules={required}><Select showSearch={{ optionFilterProp: "label" }} loading={offers.isPending} options={(offers.data?.items ?? []).filter((one) => one.kind === "member-price").map((one) => ({ value: one.id, label: one.name }))} /></Form.Item> : null}
        {kind === "coupon" ? <Form.Item name="couponTemplateId" label={t("mall.coupon")} rules={required}><LiveCouponSelect /></Form.Item> : null}
        {kind === "points" ? <Form.Item name="points" label={t("benefit.points")} rules={required}><InputNumber min={1} max={1_000_000} precision={0} /></Form.Item> : null}
        {isOffered ? null : <Form.Item name="quota" label={t("benefit.quota")} rules={flags.includes(kind) ? [] : required}><InputNumber min={1} max={10_000} precision={0} placeholder={t("form.unlimited")} /></Form.Item>}
        {grantOn === "birthday" ? <Form.Item name="leadDays" label={t("benefit.leadDays")}><InputNumber min={0} max={31} precision={0} suffix={t("form.days")} /></Form.Item> : null}
        {grantOn === "birthday" || grantOn === "hand" ? <Form.Item name="validDays" label={t("benefit.validDays")}><InputNumber min={1} max={366} precision={0} suffix={t("form.days")} /></Form.Item> : null}
      </div>
      {isGiven && grantOn !== "hand" ? <Form.Item name="isAutomatic" label={t("benefit.automatic")} extra={t("benefit.automaticHelp")} valuePropName="checked"><Switch /></Form.Item> : null}
      <Form.Item name="tierIds" label={t("member.tier")} rules={isOffered ? required : []} extra={isOffered ? t(`benefit.offerHelp.${kind}`) : undefined}><Select mode="multiple" allowClear placeholder={isOffered ? undefined : t("form.any")} options={tiers.map((tier) => ({ value: tier.id, label: tier.name }))} /></Form.Item>
      <div className="field-pair">
        <Form.Item name="position" label={t("mall.position")} extra={t("topUpPlan.positionHelp")}><InputNumber min={0} max={9_999} precision={0} /></Form.Item>
        <Form.Item name="state" label={t("mall.state")}>
          <Select options={(["draft", "live", "ended"] as const).filter((one) => one !== "draft" || !benefit || benefit.state === "draft").map((one) => ({ value: one, label: t(`mall.states.${one}`) }))} />
        </Form.Item>
      </div>
    </>
  );
}
