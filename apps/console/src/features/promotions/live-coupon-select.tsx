import { useQuery } from "@tanstack/react-query";
import { Select, type SelectProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

/** One of the coupons that can be given now; one that was chosen and has ended since is named as such. */
export function LiveCouponSelect({ value, ...field }: SelectProps<string>) {
  const { t } = useTranslation();
  const templates = useQuery({ queryKey: ["/coupon-templates", "choice"], queryFn: () => api.get<Page<{ id: string; name: string }>>("/coupon-templates", { state: "live", limit: 200 }) });
  const options = (templates.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
  const isGone = value && !templates.isPending && !options.some((one) => one.value === value);
  return <Select<string> {...field} showSearch={{ optionFilterProp: "label" }} loading={templates.isPending} value={templates.isPending ? null : value ?? null} options={isGone ? [...options, { value, label: t("coupon.notLive") }] : options} />;
}
