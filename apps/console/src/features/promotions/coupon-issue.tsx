import { useQuery } from "@tanstack/react-query";
import { App, Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import type { MemberRow } from "../customers/member.ts";
import type { CouponTemplate } from "./coupon-template.ts";

const membersMax = 100;

/** Gives the coupon to members found by name or phone. Whole segments are another tool's work. */
export function CouponIssue({ template, onClose }: { template: CouponTemplate | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <FormDrawer<{ memberIds: string[] }, { issued: unknown[]; refused: { message: string }[] }>
      title={t("coupon.issueTitle", { name: template?.name ?? "" })}
      isOpen={template !== null}
      onClose={onClose}
      initial={{ memberIds: [] }}
      run={(values, key) => api.post(`/coupon-templates/${template?.id}:issue`, values, key)}
      refreshes={[["/coupon-templates"]]}
      onDone={({ issued, refused }) => void message[refused.length ? "warning" : "success"](t(refused.length ? "coupon.issuedSome" : "coupon.issuedDone", { count: issued.length, refused: refused.length }))}
      submitLabel={t("coupon.issue")}
    >
      <Form.Item name="memberIds" label={t("menu.members")} extra={t("coupon.issueHelp")} rules={[{ required: true, type: "array", min: 1, message: t("form.required") }]}>
        <MemberPicker />
      </Form.Item>
    </FormDrawer>
  );
}

function MemberPicker({ id, value, onChange }: { id?: string; value?: string[]; onChange?: (ids: string[]) => void }) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const found = useQuery({ queryKey: ["/members", { q, limit: 20 }], queryFn: ({ signal }) => api.get<Page<MemberRow>>("/members", { q, limit: 20 }, signal), enabled: q.trim() !== "" });
  const [labels, setLabels] = useState<Record<string, string>>({});
  const options = (found.data?.items ?? []).map((member) => ({ value: member.id, label: `${member.name ?? t("member.nameless")} ${member.phoneMasked ?? member.memberNo}` }));
  const chosen = (value ?? []).filter((one) => !options.some((option) => option.value === one)).map((one) => ({ value: one, label: labels[one] ?? one }));
  return (
    <Select<string[]>
      {...(id && { id })}
      mode="multiple"
      maxCount={membersMax}
      value={value ?? []}
      loading={found.isFetching}
      placeholder={t("member.searchHint")}
      showSearch={{ filterOption: false, onSearch: setQ }}
      notFoundContent={q ? t("member.noMatch") : t("member.searchHint")}
      options={[...options, ...chosen]}
      onChange={(ids) => {
        setLabels({ ...labels, ...Object.fromEntries(options.map((option) => [option.value, option.label])) });
        onChange?.(ids);
      }}
    />
  );
}
