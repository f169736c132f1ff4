import { CloseOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemSentence } from "../../../../api/problem.ts";
import type { TillMember } from "../cart.ts";
import { findScanned } from "../lookup.ts";
import { readScan } from "../scan.ts";

interface Props {
  member: TillMember | null;
  onChange: (member: TillMember | null) => void;
}

/** Whose share it is: scan the guest's code, or type the phone. Nobody's is a guest's. */
export function PersonMember({ member, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState("");
  if (member) {
    return <span className="split-member"><b>{member.name || member.memberNo}</b><Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("till.removeMember")} onClick={() => onChange(null)} /></span>;
  }
  const find = async () => {
    const scan = readScan(text);
    if (scan.kind !== "query") return;
    const found = await findScanned({ ...scan, guesses: ["member-code", "phone", "member-no"].filter((one) => one !== "phone" || scan.guesses.includes("phone")) as typeof scan.guesses }).catch((problem: unknown) => ({ kind: "nothing" as const, problem }));
    if (found.kind === "member") {
      setText("");
      onChange(found.member);
    } else setRefusal("problem" in found && found.problem ? problemSentence(t, found.problem) : t("till.noMember", { text }));
  };
  return (
    <span className="split-member">
      <Input value={text} placeholder={t("split.member")} aria-label={t("split.member")} onChange={(event) => { setText(event.target.value); setRefusal(""); }} onPressEnter={() => void find()} />
      {refusal ? <small role="alert" className="bad">{refusal}</small> : null}
    </span>
  );
}
