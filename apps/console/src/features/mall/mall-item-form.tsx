import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { MoneyInput } from "../../design/money-input.tsx";
import { useSession } from "../../shell/session.ts";
import { tiersQuery } from "../loyalty/tier.ts";
import { itemKinds, limitPeriods, type MallItem } from "./mall.ts";
import { PictureField } from "./picture-field.tsx";

type Values = Omit<MallItem, "id" | "redeemed" | "left">;

const fresh: Partial<Values> = { kind: "dish", description: "", pictureId: null, cashFen: 0, limitPeriod: "ever", tierIds: [], storeIds: [], pickupDays: 30, position: 100, state: "draft" };

/** What a form leaves empty is said to the server: nothing, and not "as before". */
function bodyOf({ kind, ...values }: Values, isNew: boolean) {
  const body = {
    ...values, description: values.description ?? "", cashFen: values.cashFen ?? 0, stock: values.stock ?? null, perMember: values.perMember ?? null, startsOn: values.startsOn ?? null, endsOn: values.endsOn ?? null,
    couponTemplateId: kind === "coupon" ? (values.couponTemplateId ?? null) : null, benefitId: kind === "benefit" ? (values.benefitId ?? null) : null,
  };
  return isNew ? { ...body, kind } : body;
}

export function MallItemForm({ edited, onClose }: { edited: MallItem | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const item = edited && edited !== "new" ? edited : null;
  return (
    <FormDrawer<Values, MallItem>
      title={item ? item.name : t("mall.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={item ?? fresh}
      run={(values) => {
        const body = bodyOf({ ...values, kind: values.kind ?? item?.kind ?? "dish" }, item === null);
        return item ? api.patch(`/mall-items/${item.id}`, body) : api.post("/mall-items", body);
      }}
      refreshes={[["/mall-items"], ["/mall-statistics"]]}
      width={640}
    >
      {(form) => <Fields form={form} item={item} />}
    </FormDrawer>
  );
}

function Fields({ form, item }: { form: FormInstance<Values>; item: MallItem | null }) {
  const { t } = useTranslation();
  const kind = Form.useWatch("kind", form) ?? item?.kind ?? "dish";
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const required = [{ required: true, message: t("form.required") }];
  const many = (options: { value: string; label: string }[]) => <Select mode="multiple" allowClear placeholder={t("form.any")} options={options} optionFilterProp="label" />;
  return (
    <>
      <Form.Item name="kind" label={t("mall.kind")}>
        <Radio.Group optionType="button" disabled={item !== null} options={itemKinds.map((one) => ({ value: one, label: t(`mall.kinds.${one}`) }))} />
      </Form.Item>
      <Form.Item name="name" label={t("mall.name")} rules={required}><Input maxLength={60} /></Form.Item>
      <Form.Item name="pictureId" label={t("mall.picture")} extra={t("mall.pictureHelp")}><PictureField /></Form.Item>
      <Form.Item name="description" label={t("mall.description")}><Input.TextArea rows={3} maxLength={1_000} showCount /></Form.Item>
      {kind === "coupon" ? <Choice name="couponTemplateId" label={t("mall.coupon")} path="/coupon-templates" query={{ state: "live", limit: 200 }} /> : null}
      {kind === "benefit" ? <Choice name="benefitId" label={t("mall.benefit")} path="/benefits" query={{ state: "live" }} /> : null}
      <div className="field-pair">
        <Form.Item name="points" label={t("mall.pointsPrice")} rules={required}><InputNumber min={1} max={10_000_000} precision={0} /></Form.Item>
        <Form.Item name="cashFen" label={t("mall.cash")} extra={t("mall.cashHelp")}><MoneyInput /></Form.Item>
        <Form.Item name="stock" label={t("mall.stock")} extra={item ? t("mall.stockHelp", { count: item.redeemed }) : ""}><InputNumber min={item?.redeemed ?? 0} max={10_000_000} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
        <Form.Item name="pickupDays" label={t("mall.pickupDays")}><InputNumber min={1} max={365} precision={0} suffix={t("form.days")} disabled={kind === "coupon" || kind === "benefit"} /></Form.Item>
        <Form.Item name="perMember" label={t("mall.perMember")}><InputNumber min={1} max={10_000} precision={0} placeholder={t("form.unlimited")} /></Form.Item>
        <Form.Item name="limitPeriod" label={t("mall.limitPeriod")}><Select options={limitPeriods.map((one) => ({ value: one, label: t(`mall.periods.${one}`) }))} /></Form.Item>
        <Form.Item name="startsOn" label={t("form.from")}><DayInput /></Form.Item>
        <Form.Item name="endsOn" label={t("form.until")}><DayInput /></Form.Item>
      </div>
      <Form.Item name="tierIds" label={t("member.tier")}>{many(tiers.map((tier) => ({ value: tier.id, label: tier.name })))}</Form.Item>
      <Form.Item name="storeIds" label={t("mall.stores")}>{many(stores.map((store) => ({ value: store.id, label: store.name })))}</Form.Item>
      <div className="field-pair">
        <Form.Item name="position" label={t("mall.position")} extra={t("topUpPlan.positionHelp")}><InputNumber min={0} max={9_999} precision={0} /></Form.Item>
        <Form.Item name="state" label={t("mall.state")}>
          <Select options={(["draft", "live", "ended"] as const).filter((one) => one !== "draft" || !item || item.state === "draft").map((one) => ({ value: one, label: t(`mall.states.${one}`) }))} />
        </Form.Item>
      </div>
    </>
  );
}

function Choice({ name, label, path, query }: { name: string; label: string; path: string; query: Record<string, string | number> }) {
  const { t } = useTranslation();
  const { data, isPending } = useQuery({ queryKey: [path, "choice"], queryFn: () => api.get<Page<{ id: string; name: string }>>(path, query) });
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: t("form.required") }]}>
      <Select showSearch={{ optionFilterProp: "label" }} loading={isPending} options={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} />
    </Form.Item>
  );
}
