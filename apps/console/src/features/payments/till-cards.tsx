import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../shell/session.ts";
import { MemberCards } from "./member-cards.tsx";
import { cardsQuery } from "./prepaid.ts";

/** At the till: how many count cards the guest has in hand, and the way to redeem them. */
export function TillCards({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const [isOpen, setOpen] = useState(false);
  const cards = useQuery({ ...cardsQuery(memberId), enabled: memberId !== "" && can("members.read") });
  const count = cards.data?.items.filter((card) => card.state === "active").length ?? 0;
  if (count === 0) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>{t("memberCard.atTill", { count })}</Button>
      <Modal title={t("memberCard.title")} open={isOpen} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={720}><MemberCards memberId={memberId} /></Modal>
    </>
  );
}
