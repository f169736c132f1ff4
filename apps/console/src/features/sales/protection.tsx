import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import type { SeaRecord } from "./sea.ts";
import { protectionOf } from "./standing.ts";

/** How long its owner still keeps a record; red in the last days. */
export function ProtectionText({ of }: { of: Pick<SeaRecord, "owner" | "dueAt" | "daysLeft" | "isWon"> }) {
  const { t } = useTranslation();
  const clock = useClock();
  const protection = protectionOf(of);
  switch (protection.kind) {
    case "nobody": return "—";
    case "won": return <Tag color="success">{t("sea.heldForGood")}</Tag>;
    case "unlimited": return <span className="soft">{t("sea.notReturned")}</span>;
    case "over": return <span className="bad">{t("sea.over")}</span>;
    default:
      return <span className={protection.kind === "soon" ? "bad" : undefined}>{t("sea.daysLeft", { count: protection.days })} <span className="soft sea-day">{clock.day(of.dueAt)}</span></span>;
  }
}
