import { queryOptions, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";

interface Props {
  id?: string;
  "aria-describedby"?: string;
  status?: "error";
  value: string | null | undefined;
  onChange: (templateId: string) => void;
}

interface Template {
  id: string;
  name: string;
  state: string;
}

/** Coupons to choose from. */
export const templatesQuery = queryOptions({ queryKey: ["/coupon-templates", { limit: 200 }], queryFn: () => api.get<Page<Template>>("/coupon-templates", { limit: 200 }) });

/** The coupon that an order earns. */
export function TemplateChoice({ value, onChange, ...control }: Props) {
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery).data?.items ?? [];
  return (
    <Select<string>
      {...control}
      className="rule-wide"
      placeholder={t("rule.chooseTemplate")}
      showSearch={{ optionFilterProp: "label" }}
      {...(value && { value })}
      onChange={onChange}
      options={templates.map((one) => ({ value: one.id, label: one.state === "live" ? one.name : `${one.name}（${t(`couponTemplateState.${one.state}`)}）` }))}
    />
  );
}
