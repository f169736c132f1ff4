import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { useCan } from "../../shell/session.ts";
import { useStoreName } from "../../shell/store-choice.ts";
import { NounCustom } from "../objects/noun-custom.tsx";
import { type Birthday, type Member, memberRefreshes } from "./member.ts";
import { PhoneReveal } from "./phone-reveal.tsx";

export function MemberProfile({ member }: { member: Member }) {
  const { t } = useTranslation();
  const clock = useClock();
  const storeName = useStoreName();
  const can = useCan();
  const { facts } = member;
  return (
    <div className="stack">
      <Panel title={t("member.profile")}>
        <Facts>
          <Fact label={t("member.phone")}><PhoneReveal member={member} /></Fact>
          <Fact label={t("member.gender")}>{member.gender ? t(`member.genders.${member.gender}`) : "—"}</Fact>
          <Fact label={t("member.birthday")}><BirthdayText birthday={member.birthday} /></Fact>
          <Fact label={t("member.nextBirthday")}>{clock.day(member.nextBirthdayOn)}</Fact>
          <Fact label={t("member.homeStore")}>{storeName(member.homeStoreId)}</Fact>
          <Fact label={t("member.joined")}>{clock.day(member.joinedAt)}</Fact>
          <Fact label={t("member.joinedVia")}>{member.joinedVia ? t(`member.via.${member.joinedVia}`, { defaultValue: member.joinedVia }) : "—"}</Fact>
          <Fact label={t("member.firstOrder")}>{clock.day(facts.firstOrderAt)}</Fact>
          <Fact label={t("member.lastOrder")}>{clock.day(facts.lastOrderAt)}</Fact>
          {Object.entries(member.preferences).map(([name, value]) => (
            <Fact key={name} label={t(`member.preference.${name}`, { defaultValue: name })}>{Array.isArray(value) ? value.join(t("rule.listComma")) : String(value)}</Fact>
          ))}
        </Facts>
      </Panel>
      <NounCustom noun="member" values={member.custom} references={member.customReferences} path={`/members/${member.id}`} refreshes={memberRefreshes(member.id)} canWrite={can("members.write")} />
      <MemberTags member={member} />
    </div>
  );
}

export function BirthdayText({ birthday }: { birthday: Birthday | null }) {
  const { t } = useTranslation();
  if (!birthday) return "—";
  const { calendar, year, month, day, leap } = birthday;
  const date = `${year ? `${year}-` : ""}${leap ? t("member.leapPrefix") : ""}${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return calendar === "lunar" ? `${t("member.lunar")} ${date}` : date;
}

function MemberTags({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const canWrite = useCan()("members.write");
  const [draft, setDraft] = useState("");
  const refreshes = memberRefreshes(member.id);
  const add = useAction<string, unknown>({ run: (tag) => api.post(`/members/${member.id}/tags`, { tag }), refreshes, onDone: () => setDraft("") });
  const remove = useAction<string, unknown>({ run: (tag) => api.delete(`/members/${member.id}/tags/${encodeURIComponent(tag)}`), refreshes });
  const refuse = { onError: (error: Error) => void message.error(problemSentence(t, error)) };
  return (
    <Panel title={t("member.tags")}>
      <div className="row">
        {member.tags.map((tag) => (
          <Tag key={tag} closable={canWrite ? { "aria-label": t("member.removeTag", { tag }) } : false} onClose={(event) => { event.preventDefault(); remove.mutate(tag, refuse); }}>{tag}</Tag>
        ))}
        {member.tags.length === 0 ? <span className="soft">{t("member.noTags")}</span> : null}
      </div>
      {canWrite ? (
        <form className="row tag-form" onSubmit={(event) => { event.preventDefault(); if (draft.trim()) add.mutate(draft.trim(), refuse); }}>
          <Input aria-label={t("member.newTag")} placeholder={t("member.newTag")} maxLength={40} value={draft} onChange={(event) => setDraft(event.target.value)} />
          <Button htmlType="submit" icon={<PlusOutlined />} aria-label={t("member.addTag")} disabled={!draft.trim()} loading={add.isPending} />
        </form>
      ) : null}
    </Panel>
  );
}
