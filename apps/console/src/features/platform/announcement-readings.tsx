import type { ConsoleSchemas } from "@shuke/api";
import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Drawer, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { saveCsv } from "../../design/csv.ts";
import { DataTable } from "../../design/data-table.tsx";
import type { Announcement } from "./announcement-page.tsx";

type Reading = ConsoleSchemas["AnnouncementReading"];

const states = ["all", "unread", "read", "confirmed"] as const;
const pageSize = 200;

/** Who of the audience has read an announcement. */
export function AnnouncementReadings({ announcement, onClose }: { announcement: Announcement | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer title={announcement ? t("announcement.readings", { title: announcement.title }) : ""} open={announcement !== null} onClose={onClose} size={Math.min(640, window.innerWidth)} destroyOnHidden>
      {announcement ? <Readings announcement={announcement} /> : null}
    </Drawer>
  );
}

function Readings({ announcement: { id, title, needsConfirmation } }: { announcement: Announcement }) {
  const { t } = useTranslation();
  const clock = useClock();
  const { message } = App.useApp();
  const [state, setState] = useState<(typeof states)[number]>("all");
  const path = `/announcements/${id}/readings`;
  const download = async () => {
    const rows: Reading[] = [];
    for (let cursor: string | null = null; ;) {
      const page: Page<Reading> = await api.get(path, { state, limit: pageSize, cursor });
      rows.push(...page.items);
      cursor = page.nextCursor ?? null;
      if (!cursor) break;
    }
    saveCsv(`${title}.csv`, [
      [t("announcement.staff"), t("announcement.account"), t("announcement.readAt"), t("announcement.confirmedAt")],
      ...rows.map((row) => [row.staff.name, row.staff.account, row.readAt ? clock.instant(row.readAt) : "", row.confirmedAt ? clock.instant(row.confirmedAt) : ""]),
    ]);
  };
  return (
    <div className="stack">
      <div className="row">
        <Segmented value={state} onChange={setState} options={states.filter((one) => needsConfirmation || one !== "confirmed").map((value) => ({ value, label: t(`announcement.reading.${value}`) }))} />
        <Button icon={<DownloadOutlined />} onClick={() => void download().catch((error: unknown) => void message.error(problemSentence(t, error)))}>CSV</Button>
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
