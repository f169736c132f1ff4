import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { useSecretNotice } from "../../design/secret-notice.tsx";
import { useSession } from "../../shell/session.ts";
import type { Staff } from "./staff.ts";
import { StaffForm } from "./staff-form.tsx";

export function StaffPage() {
  const { t } = useTranslation();
  const [{ q }] = useFilters();
  const [edited, setEdited] = useState<Staff | "new" | null>(null);
  const columns = useStaffColumns(setEdited);
  return (
    <PageFrame title={t("menu.staff")} lead={t("staff.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("staff.new")}</Button>}>
      <FilterBar filters={[{ kind: "search", name: "q", label: t("staff.search") }]} />
      <DataTable<Staff> label={t("menu.staff")} path="/staff" query={{ q }} columns={columns} rowKey={(one) => one.id} emptyTitle={t("staff.none")} />
      <StaffForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function useStaffColumns(onEdit: (staff: Staff) => void): Column<Staff>[] {
  const { t } = useTranslation();
  const clock = useClock();
  const self = useSession().staff;
  const { message, modal } = App.useApp();
  const showSecret = useSecretNotice();
  const refreshes = [["/staff"]];
  const deactivate = useAction<string, unknown>({ run: (id) => api.post(`/staff/${id}:deactivate`), refreshes, onDone: () => message.success(t("staff.deactivated")) });
  const takeBack = useAction<string, unknown>({ run: (id) => api.patch(`/staff/${id}`, { isActive: true }), refreshes, onDone: () => message.success(t("state.saved")) });
  const reset = useAction<string, { password: string }>({
    run: (id) => api.post(`/staff/${id}:reset-password`),
    onDone: ({ password }) => showSecret(t("staff.newPassword"), password),
  });
  const ask = (title: string, run: () => Promise<unknown>) =>
    modal.confirm({ title, okText: t("action.confirm"), cancelText: t("action.cancel"), onOk: () => run().catch((error: unknown) => void message.error(problemSentence(t, error))) });
  return [
    { title: t("staff.name"), render: (staff) => <strong>{staff.name}</strong> },
    { title: t("signIn.account"), render: (staff) => staff.account },
    { title: t("menu.roles"), render: (staff) => staff.roles.map((role) => role.name).join(t("rule.listComma")) || "—" },
    { title: t("staff.unit"), render: (staff) => staff.orgUnit?.name ?? "—" },
    { title: t("earnRule.state"), render: (staff) => (staff.isActive ? <Tag color="success">{t("staff.active")}</Tag> : <Tag>{t("staff.inactive")}</Tag>) },
    { title: t("staff.lastSignIn"), render: (staff) => clock.instant(staff.lastSignInAt) },
    {
      title: "",
      render: (staff) => (
        <span className="row">
          <Button size="small" onClick={() => onEdit(staff)}>{t("action.edit")}</Button>
          {staff.isActive ? <Button size="small" onClick={() => ask(t("staff.resetTitle", { name: staff.name }), () => reset.mutateAsync(staff.id))}>{t("staff.reset")}</Button> : null}
          {staff.isActive ? null : <Button size="small" onClick={() => takeBack.mutate(staff.id, { onError: (error) => void message.error(problemSentence(t, error)) })}>{t("staff.takeBack")}</Button>}
          {staff.isActive && staff.id !== self.id ? <Button size="small" danger onClick={() => ask(t("staff.deactivateTitle", { name: staff.name }), () => deactivate.mutateAsync(staff.id))}>{t("staff.deactivate")}</Button> : null}
        </span>
      ),
    },
  ];
}
