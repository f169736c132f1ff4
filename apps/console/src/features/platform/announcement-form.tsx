import { useQuery } from "@tanstack/react-query";
import { DatePicker, Form, Input, Select, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { orgUnitsQuery } from "../org/org-unit.ts";
import { rolesQuery } from "../org/role.ts";
import type { Announcement } from "./announcement-page.tsx";

type Values = Pick<Announcement, "title" | "body" | "roleIds" | "unitIds" | "isPinned" | "needsConfirmation"> & { fromAt: Dayjs | null; untilAt: Dayjs | null };

const momentOf = (at: string | null | undefined): Dayjs | null => (at ? dayjs(at) : null);

export function AnnouncementForm({ edited, onClose }: { edited: Announcement | "new" | null; onClose: () => void }) {
  const { t } = useTranslation();
  const announcement = edited && edited !== "new" ? edited : null;
  const [roles, units] = [useQuery(rolesQuery), useQuery(orgUnitsQuery)];
  const choice = (options: { id: string; name: string }[] | undefined, label: string) => (
    <Select mode="multiple" allowClear placeholder={label} showSearch={{ optionFilterProp: "label" }} options={options?.map((one) => ({ value: one.id, label: one.name })) ?? []} />
  );
  const moment = <DatePicker className="full" showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />;
  return (
    <FormDrawer<Values, Announcement>
      title={t(announcement ? "announcement.edit" : "announcement.new")}
      isOpen={edited !== null}
      onClose={onClose}
      width={560}
      initial={announcement ? { ...announcement, fromAt: momentOf(announcement.fromAt), untilAt: momentOf(announcement.untilAt) } : { roleIds: [], unitIds: [], isPinned: false, needsConfirmation: false }}
      run={({ title, body, roleIds, unitIds, isPinned, needsConfirmation, fromAt, untilAt }) => {
        const draft = { title, body, roleIds, unitIds, isPinned, needsConfirmation, fromAt: fromAt?.toISOString() ?? null, untilAt: untilAt?.toISOString() ?? null };
        return announcement ? api.put(`/announcements/${announcement.id}`, draft) : api.post("/announcements", draft);
      }}
      refreshes={[["/announcements"]]}
    >
      <Form.Item name="title" label={t("announcement.title")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input maxLength={100} /></Form.Item>
      <Form.Item name="body" label={t("announcement.body")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input.TextArea autoSize={{ minRows: 5, maxRows: 16 }} maxLength={5_000} /></Form.Item>
      <Form.Item name="roleIds" label={t("announcement.roles")}>{choice(roles.data?.items, t("announcement.everybody"))}</Form.Item>
      <Form.Item name="unitIds" label={t("announcement.units")} extra={t("announcement.unitsHint")}>{choice(units.data?.items, t("announcement.everybody"))}</Form.Item>
      <Form.Item name="fromAt" label={t("announcement.fromAt")} extra={t("announcement.fromHint")}>{moment}</Form.Item>
      <Form.Item name="untilAt" label={t("announcement.untilAt")}>{moment}</Form.Item>
      <Form.Item name="isPinned" label={t("announcement.pinned")} valuePropName="checked"><Switch /></Form.Item>
      <Form.Item name="needsConfirmation" label={t("announcement.needsConfirmation")} valuePropName="checked"><Switch /></Form.Item>
    </FormDrawer>
  );
}
