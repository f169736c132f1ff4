import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { useLabel } from "../objects/object.ts";
import { MenuDrawer } from "./menu-drawer.tsx";
import { type Permission, permissionGroups } from "./permission.ts";
import { type Role, scopes } from "./role.ts";

export function RolePage() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Role | "new" | null>(null);
  const [arranged, setArranged] = useState<Role | null>(null);
  const label = useLabel();
  const remove = useRoleRemoval();
  const columns: Column<Role>[] = [
    { title: t("role.name"), render: (role) => <strong>{role.name}</strong> },
    { title: t("role.scope"), render: (role) => t(`role.scopes.${role.scope}`) },
    { title: t("role.permissions"), isWide: true, render: (role) => <PermissionSummary permissions={role.permissions} /> },
    { title: t("role.menu"), isWide: true, render: ({ menu }) => menu?.map(label).join(t("rule.listComma")) ?? <span className="soft">{t("role.menuStandard")}</span> },
    { title: t("role.holders"), align: "end", render: (role) => role.staffCount ?? 0 },
    {
      title: "",
      render: (role) => (
        <div className="row">
          <Button size="small" onClick={() => setEdited(role)}>{t("action.edit")}</Button>
          {role.isBuiltIn && role.permissions.length >= all.length ? null : <Button size="small" onClick={() => setArranged(role)}>{t("role.menu")}</Button>}
          {role.isBuiltIn ? null : <Button size="small" danger onClick={() => remove(role)}>{t("role.remove")}</Button>}
        </div>
      ),
    },
  ];
  return (
    <PageFrame title={t("menu.roles")} lead={t("role.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("role.new")}</Button>}>
      <DataTable<Role> label={t("menu.roles")} path="/roles" columns={columns} rowKey={(role) => role.id} emptyTitle={t("role.none")} />
      <RoleForm edited={edited} onClose={() => setEdited(null)} />
      <MenuDrawer role={arranged} onClose={() => setArranged(null)} />
    </PageFrame>
  );
}

/** Asks first; a role that somebody has is refused with the number of people who have it. */
function useRoleRemoval() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const remove = useAction<string, unknown>({ run: (id) => api.delete(`/roles/${id}`), refreshes: [["/roles"]], onDone: () => message.success(t("role.removed")) });
  return (role: Role) =>
    modal.confirm({
      title: t("role.removeTitle", { name: role.name }),
      content: t("role.removeText"),
      okText: t("role.remove"),
      okButtonProps: { danger: true },
      cancelText: t("action.cancel"),
      onOk: () => remove.mutateAsync(role.id).catch((error: unknown) => void message.error(problemSentence(t, error))),
    });
}

const all: readonly Permission[] = Object.values(permissionGroups).flat();

const permissionKey = (permission: Permission) => `permission.${permission.replace(".", "-")}`;

function PermissionSummary({ permissions }: { permissions: Permission[] }) {
  const { t } = useTranslation();
  if (permissions.length >= all.length) return t("role.everything");
  return (
    <>
      {permissions.map((permission) => t(permissionKey(permission), { defaultValue: permission })).join(t("rule.listComma")) || "—"}
      {givesNothing(permissions) ? <div className="warn">{t("role.noDiscount")}</div> : null}
    </>
  );
}

/** A till without any of the discounts is meant seldom: whoever made the role may not know that they are rights of their own. */
const givesNothing = (permissions: readonly Permission[]): boolean => permissions.includes("till.use") && !permissions.some((permission) => permission.startsWith("discounts."));

type Values = Pick<Role, "name" | "permissions" | "scope">;

function RoleForm({ edited, onClose }: { edited: Role | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const role = edited && edited !== "new" ? edited : null;
  const required = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer<Values, Role>
      title={role ? role.name : t("role.new")}
      isOpen={edited !== null}
      onClose={onClose}
      initial={role ?? { permissions: [], scope: "store" }}
      run={(values) => (role ? api.patch(`/roles/${role.id}`, values) : api.post("/roles", values))}
      refreshes={[["/roles"]]}
      width={620}
    >
      <Form.Item name="name" label={t("role.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="scope" label={t("role.scope")} extra={t("role.scopeHelp")}>
        <Radio.Group options={scopes.map((scope) => ({ value: scope, label: t(`role.scopes.${scope}`) }))} />
      </Form.Item>
      <Form.Item name="permissions" label={t("role.permissions")}><PermissionMatrix /></Form.Item>
    </FormDrawer>
  );
}

function PermissionMatrix({ value = [], onChange }: { value?: Permission[]; onChange?: (permissions: Permission[]) => void }) {
  const { t } = useTranslation();
  const toggle = (permission: Permission, isOn: boolean) => onChange?.(isOn ? [...value, permission] : value.filter((one) => one !== permission));
  return (
    <div className="matrix">
      {Object.entries(permissionGroups).map(([group, permissions]) => (
        <fieldset key={group}>
          <legend>{t(`role.groups.${group}`)}</legend>
          {permissions.map((permission: Permission) => (
            <Checkbox key={permission} checked={value.includes(permission)} onChange={(event) => toggle(permission, event.target.checked)}>
              {t(permissionKey(permission))}
            </Checkbox>
          ))}
          {group === "till" && givesNothing(value) ? <p className="warn matrix-note" role="status">{t("role.noDiscount")}</p> : null}
        </fieldset>
      ))}
    </div>
  );
}
