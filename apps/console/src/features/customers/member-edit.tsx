import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { type Birthday, type Member, memberRefreshes } from "./member.ts";
import { BirthdayFields, birthdayOf } from "./quick-register.tsx";

interface Values {
  name?: string | null;
  gender?: Member["gender"];
  birthday?: Partial<Birthday>;
}

export function MemberEdit({ member, isOpen, onClose }: { member: Member; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDrawer<Values, Member>
      title={t("member.edit")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ name: member.name, gender: member.gender, ...(member.birthday && { birthday: member.birthday }) }}
      run={({ name, gender, birthday }) => {
        const given = birthdayOf(birthday);
        return api.patch(`/members/${member.id}`, { ...(name && { name }), ...(gender && { gender }), ...(given && { birthday: given }) });
      }}
      refreshes={memberRefreshes(member.id)}
    >
      <Form.Item name="name" label={t("member.name")}><Input maxLength={64} /></Form.Item>
      <Form.Item name="gender" label={t("member.gender")}>
        <Select options={(["female", "male", "other", "unknown"] as const).map((one) => ({ value: one, label: t(`member.genders.${one}`) }))} />
      </Form.Item>
      <BirthdayFields />
    </FormDrawer>
  );
}
