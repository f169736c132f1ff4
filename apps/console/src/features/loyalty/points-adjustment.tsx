import { App, Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { approvalRefreshes, isWaiting } from "../platform/approval/approval.ts";
import { useWaitingNotice } from "../platform/approval/waiting-notice.tsx";
import { type Member, memberRefreshes } from "../customers/member.ts";

interface Values {
  points: number;
  reason: string;
}

export function PointsAdjustment({ member, isOpen, onClose }: { member: Member; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tellWaiting = useWaitingNotice();
  return (
    <FormDrawer<Values, unknown>
      title={t("member.adjustPoints")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{}}
      run={(values, key) => api.post(`/members/${member.id}/points:adjust`, values, key)}
      refreshes={[...memberRefreshes(member.id), ...approvalRefreshes, [`/members/${member.id}/points-months`]]}
      onDone={(answer) => void (isWaiting(answer) ? tellWaiting(answer) : message.success(t("state.saved")))}
    >
      <p className="sentence">{t("points.now", { name: member.name ?? member.memberNo, points: member.points.active })}</p>
      <Form.Item name="points" label={t("points.change")} extra={t("points.changeHelp")} rules={[{ required: true, message: t("form.required") }, { validator: (_rule, value) => (value === 0 ? Promise.reject(new Error(t("points.notZero"))) : Promise.resolve()) }]}>
        <InputNumber min={-1_000_000} max={1_000_000} precision={0} autoFocus />
      </Form.Item>
      <Form.Item name="reason" label={t("form.reason")} extra={t("points.reasonHelp")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}>
        <Input.TextArea maxLength={200} rows={3} showCount />
      </Form.Item>
    </FormDrawer>
  );
}
