import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useSecretNotice } from "../../design/secret-notice.tsx";
import { orgUnitsQuery } from "./org-unit.ts";
import { rolesQuery } from "./role.ts";
import type { Staff } from "./staff.ts";

interface Values {
  name: string;
  account: string;
  password?: string;
  roleIds: string[];
  orgUnitId: string;
}

export function StaffForm({ edited, onClose }: { edited: Staff | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const showSecret = useSecretNotice();
  const isOpen = edited !== null;
  const roles = useQuery({ ...rolesQuery, enabled: isOpen });
  const units = useQuery({ ...orgUnitsQuery, enabled: isOpen });
  const staff = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, { password?: string }>
      title={staff ? staff.name : t("staff.new")}
      isOpen={isOpen}
      onClose={onClose}
      initial={staff ? { name: staff.name, account: staff.account, roleIds: staff.roles.map((role) => role.id), ...(staff.orgUnit && { orgUnitId: staff.orgUnit.id }) } : { roleIds: [] }}
      run={({ account, password, ...values }) => (staff ? api.patch(`/staff/${staff.id}`, values) : api.post("/staff", { ...values, account, ...(password && { password }) }))}
      refreshes={[["/staff"]]}
      onDone={(answer) => {
        if (answer.password) showSecret(t("staff.newPassword"), answer.password);
      }}
    >
      <Form.Item name="name" label={t("staff.name")} rules={required}><Input maxLength={64} autoComplete="off" /></Form.Item>
      <Form.Item name="account" label={t("signIn.account")} rules={required}><Input maxLength={64} disabled={Boolean(staff)} autoComplete="off" autoCapitalize="none" /></Form.Item>
      {staff ? null : <Form.Item name="password" label={t("signIn.password")} extra={t("staff.passwordHelp")} rules={[{ min: 10, message: t("account.tooShort", { length: 10 }) }]}><Input.Password autoComplete="new-password" /></Form.Item>}
      <Form.Item name="roleIds" label={t("menu.roles")} rules={required}><Select mode="multiple" loading={roles.isPending} options={(roles.data?.items ?? []).map((role) => ({ value: role.id, label: `${role.name} · ${t(`role.scopes.${role.scope}`)}` }))} /></Form.Item>
      <Form.Item name="orgUnitId" label={t("staff.unit")} extra={t("staff.unitHelp")} rules={required}>
        <Select loading={units.isPending} showSearch={{ optionFilterProp: "label" }} options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: `${unit.name} · ${t(`orgUnit.kinds.${unit.kind}`)}` }))} />
      </Form.Item>
    </FormDrawer>
  );
}
