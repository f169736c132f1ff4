import { EyeOutlined } from "@ant-design/icons";
import { Button, Input, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { useCan } from "../../shell/session.ts";
import type { Member } from "./member.ts";

/** The full number is shown only against a reason, which goes to the audit log, and only until the page is left. */
export function PhoneReveal({ member }: { member: Member }) {
  const { t } = useTranslation();
  const can = useCan();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const reveal = useAction<string, { phone: string }>({
    run: (given) => api.post(`/members/${member.id}:reveal`, { reason: given }),
    onDone: () => setOpen(false),
  });
  if (reveal.data) return <a href={`tel:${reveal.data.phone}`}>{reveal.data.phone}</a>;
  if (!member.phoneMasked || !can("members.reveal")) return member.phoneMasked ?? "—";
  const form = (
    <form className="stack-tight reveal-form" onSubmit={(event) => { event.preventDefault(); reveal.mutate(reason.trim()); }}>
      <label htmlFor="reveal-reason">{t("member.revealReason")}</label>
      <Input id="reveal-reason" autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t("member.revealHint")} />
      <p className="soft">{t("member.revealNote")}</p>
      <ProblemAlert error={reveal.error} />
      <Button htmlType="submit" type="primary" disabled={reason.trim().length < 2} loading={reveal.isPending}>{t("member.reveal")}</Button>
    </form>
  );
  return (
    <span className="row">
      {member.phoneMasked}
      <Popover open={isOpen} onOpenChange={setOpen} trigger="click" content={form} destroyOnHidden>
        <Button type="text" size="small" icon={<EyeOutlined />} aria-label={t("member.reveal")} />
      </Popover>
    </span>
  );
}
