import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { type Birthday, type Member, memberQuery, memberRefreshes } from "./member.ts";
import { BirthdayFields, birthdayOf } from "./quick-register.tsx";

interface Values {
  name?: string | null;
  gender?: Member["gender"];
  birthday?: Partial<Birthday>;
}
type Profile = Pick<Member, "name" | "gender" | "birthday">;

/** What of a profile the form changes, and what was seen of that: a colleague may be at the same member. */
function changesOf(before: Profile, { name, gender, birthday }: Values): object {
  const after: Profile = { name: name?.trim() ?? "", gender: gender ?? before.gender, birthday: birthdayOf(birthday) ?? null };
  const changed = (["name", "gender", "birthday"] as const).filter((field) => JSON.stringify(inOrder(before[field])) !== JSON.stringify(inOrder(after[field])));
  const only = (profile: Profile) => Object.fromEntries(changed.map((field) => [field, profile[field]]));
  return changed.length > 0 ? { ...only(after), seen: only(before) } : {};
}

const inOrder = (value: Profile[keyof Profile]) => (value !== null && typeof value === "object" ? birthdayOf(value) : value);

export function MemberEdit({ member, isOpen, onClose }: { member: Member; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // As it was when it was opened: what comes in meanwhile is not what somebody has seen in the form.
  const [before, setBefore] = useState<Member | null>(null);
  if (isOpen !== (before !== null)) setBefore(isOpen ? member : null);
  const { name, gender, birthday } = before ?? member;
  return (
    <FormDrawer<Values, Member>
      title={t("member.edit")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ name, gender, ...(birthday && { birthday }) }}
      run={(values) => api.patch<Member>(`/members/${member.id}`, changesOf(before ?? member, values)).catch(async (error: unknown) => {
        await client.invalidateQueries({ queryKey: memberQuery(member.id).queryKey });
        throw error;
      })}
      refreshes={memberRefreshes(member.id)}
    >
      <Form.Item name="name" label={t("member.name")} rules={name ? [{ required: true, whitespace: true, message: t("form.required") }] : []}><Input maxLength={64} /></Form.Item>
      <Form.Item name="gender" label={t("member.gender")}>
        <Select options={(["female", "male", "other", "unknown"] as const).map((one) => ({ value: one, label: t(`member.genders.${one}`) }))} />
      </Form.Item>
      <BirthdayFields />
    </FormDrawer>
  );
}
