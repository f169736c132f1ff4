import { Link } from "@tanstack/react-router";
import { Button, Tag } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { BirthdayText } from "./member-profile.tsx";
import type { Duplicate, DuplicateMember } from "./merging.ts";

const colours = { same: "green", near: "gold", partly: "orange", different: "default" } as const;

interface Props {
  pair: Duplicate;
  isChosen: boolean;
  onChoose: () => void;
  onMerge: (survivor: DuplicateMember, absorbed: DuplicateMember) => void;
  onDecide: (state: string) => void;
}

/** Two members side by side and why they look like one. */
export function DuplicateCard({ pair, isChosen, onChoose, onMerge, onDecide }: Props) {
  const { t } = useTranslation();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const [a, b] = pair.members;
  if (!a || !b) return null;
  const isOpen = pair.state !== "merged";
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- J and K choose it too; everything it does has a button
    <li ref={card} className={isChosen ? "panel duplicate is-chosen" : "panel duplicate"} aria-current={isChosen || undefined} onClick={onChoose}>
      <div className="row">
        <strong className="num">{t("duplicates.score", { score: pair.score })}</strong>
        {pair.reasons.map((one) => <Tag key={one.field} color={colours[one.agreement]}>{t(`duplicates.fields.${one.field}`)} {t(`duplicates.agreements.${one.agreement}`)}</Tag>)}
      </div>
      <div className="duplicate-sides">
        <Side member={a} other={b} onKeep={isOpen ? () => onMerge(a, b) : undefined} />
        <Side member={b} other={a} onKeep={isOpen ? () => onMerge(b, a) : undefined} />
      </div>
      {isOpen ? (
        <div className="row">
          <Button type="primary" onClick={() => onMerge(a, b)}>{t("duplicates.merge")}</Button>
          {pair.state === "different" ? null : <Button onClick={() => onDecide("different")}>{t("duplicates.different")}</Button>}
          {pair.state === "open" ? <Button onClick={() => onDecide("later")}>{t("duplicates.later")}</Button> : <Button onClick={() => onDecide("open")}>{t("duplicates.reopen")}</Button>}
        </div>
      ) : null}
    </li>
  );
}

function Side({ member, other, onKeep }: { member: DuplicateMember; other: DuplicateMember; onKeep: (() => void) | undefined }) {
  const { t } = useTranslation();
  const clock = useClock();
  const isOther = (field: "name" | "phoneMasked" | "gender" | "address") => (member[field] !== other[field] ? "is-other" : undefined);
  return (
    <div className="duplicate-side">
      <dl>
        <div><dt>{t("member.name")}</dt><dd className={isOther("name")}><Link to="/members/$memberId" params={{ memberId: member.id }}>{member.name || t("member.nameless")}</Link> <span className="num soft">{member.memberNo}</span></dd></div>
        <div><dt>{t("member.phone")}</dt><dd className={isOther("phoneMasked")}>{member.phoneMasked ?? "—"}</dd></div>
        <div><dt>{t("member.birthday")}</dt><dd className={JSON.stringify(member.birthday) === JSON.stringify(other.birthday) ? undefined : "is-other"}><BirthdayText birthday={member.birthday} /></dd></div>
        <div><dt>{t("member.gender")}</dt><dd className={isOther("gender")}>{t(`member.genders.${member.gender}`)}</dd></div>
        <div><dt>{t("duplicates.address")}</dt><dd className={isOther("address")}>{member.address ?? "—"}</dd></div>
        <div><dt>{t("duplicates.joined")}</dt><dd>{clock.instant(member.joinedAt)}</dd></div>
      </dl>
      {onKeep ? <Button size="small" onClick={onKeep}>{t("duplicates.keeps")}</Button> : null}
    </div>
  );
}
