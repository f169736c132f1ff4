import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useReason } from "../../design/reason.tsx";
import { useCan } from "../../shell/session.ts";
import type { Coupon } from "../customers/member.ts";

export const couponColours = { usable: "success", used: "default", expired: "warning", void: "error", given: "processing" } as const;

interface Props {
  coupon: Coupon;
  refreshes: readonly (readonly unknown[])[];
}

/** Takes a coupon away for a reason, also one on its way to a friend; nothing where there is nothing to take. */
export function CouponVoid({ coupon, refreshes }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const askReason = useReason();
  const voiding = useAction<string, unknown>({
    run: (reason, key) => api.post(`/coupons/${coupon.id}:void`, { reason }, key),
    refreshes,
    onDone: () => void message.success(t("coupon.voided")),
  });
  if (!can("promotions.manage") || (coupon.state !== "usable" && coupon.state !== "given")) return null;
  return <Button size="small" danger onClick={() => askReason({ title: t("coupon.voidTitle", { name: coupon.name }), run: (reason) => voiding.mutateAsync(reason) })}>{t("coupon.void")}</Button>;
}
