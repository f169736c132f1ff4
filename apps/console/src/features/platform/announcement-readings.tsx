import type { ConsoleSchemas } from "@shuke/api";
import { Drawer, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { DataTable } from "../../design/data-table.tsx";
import type { Announcement } from "./announcement-page.tsx";
import { ExportButton } from "./export-button.tsx";

type Reading = ConsoleSchemas["AnnouncementReading"];

const states = ["all", "unread", "read", "confirmed"] as const;

/** Who of the audience has read an announcement. */
export function AnnouncementReadings({ announcement, onClose }: { announcement: Announcement | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer title={announcement ? t("announcement.readings", { title: announcement.title }) : ""} open={announcement !== null} onClose={onClose} size={Math.min(640, window.innerWidth)} destroyOnHidden>
      {announcement ? <Readings announcement={announcement} /> : null}
    </Drawer>
  );
}

function Readings({ announcement: { id, needsConfirmation } }: { announcement: Announcement }) {
  const { t } = useTranslation();
  const clock = useClock();
  const [state, setState] = useState<(typeof states)[number]>("all");
  const path = `/announcements/${id}/readings`;
  return (
    <div className="stack">
      <div className="row">
        <Segmented value={state} onChange={setState} options={states.filter((one) => needsConfirmation || one !== "confirmed").map((value) => ({ value, label: t(`announcement.reading.${value}`) }))} />
        <ExportButton kind="announcement-readings" query={{ announcementId: id, state }} />
      </div>
      <DataTable<Reading>
        label={t("announcement.readCount")} path={path} query={{ state }} rowKey={(row) => row.staff.id}
        columns={[
          { title: t("announcement.staff"), isWide: true, render: (row) => <>{row.staff.name} <span className="soft">{row.staff.account}</span></> },
          { title: t("announcement.readAt"), render: (row) => clock.instant(row.readAt) },
          ...(needsConfirmation ? [{ title: t("announcement.confirmedAt"), render: (row: Reading) => clock.instant(row.confirmedAt) }] : []),
        ]}
      />
    </div>
  );
}
