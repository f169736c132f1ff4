import type { ConsoleSchemas } from "@shuke/api";
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { orgUnitsQuery } from "../org/org-unit.ts";
import { rolesQuery } from "../org/role.ts";
import { AnnouncementForm } from "./announcement-form.tsx";
import { AnnouncementReadings } from "./announcement-readings.tsx";

export type Announcement = ConsoleSchemas["Announcement"];

const colours = { draft: "default", scheduled: "processing", published: "success", over: "default", withdrawn: "warning" } as const;
const states = ["draft", "published", "withdrawn"] as const;

/** What the head office tells its staff: written, published for a time, withdrawn; and who has read it. */
export function AnnouncementPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const clock = useClock();
  const audienceOf = useAudience();
  const [{ state }] = useFilters();
  const [edited, setEdited] = useState<Announcement | "new" | null>(null);
  const [looked, setLooked] = useState<Announcement | null>(null);
  const act = useAction<{ id: string; verb: "publish" | "withdraw" }, Announcement>({
    run: ({ id, verb }) => api.post(`/announcements/${id}:${verb}`), refreshes: [["/announcements"], ["/bulletins"]], onDone: (one) => void message.success(t(`announcement.done.${one.state}`)),
  });
  const move = (id: string, verb: "publish" | "withdraw") => act.mutate({ id, verb }, { onError: (error) => void message.error(problemSentence(t, error)) });
  const columns: Column<Announcement>[] = [
    { title: t("announcement.title"), isWide: true, render: (one) => <>{one.title} {one.isPinned ? <Tag color="red">{t("bulletin.pinned")}</Tag> : null}</> },
    { title: t("announcement.state"), render: (one) => <Tag color={colours[one.state]}>{t(`announcement.states.${one.state}`)}</Tag> },
    { title: t("announcement.audience"), isWide: true, render: (one) => audienceOf(one) },
    { title: t("announcement.time"), render: (one) => (one.untilAt ? `${one.fromAt ? clock.instant(one.fromAt) : ""} – ${clock.instant(one.untilAt)}` : clock.instant(one.fromAt)) },
    {
      title: t(`announcement.readCount`), align: "end",
      render: (one) => <Button type="link" size="small" onClick={() => setLooked(one)} aria-label={t("announcement.readings", { title: one.title })}>{one.needsConfirmation ? one.confirmed : one.read} / {one.audience}</Button>,
    },
    {
      title: "",
      render: (one) => (one.state === "published" || one.state === "scheduled"
        ? <Button size="small" onClick={() => move(one.id, "withdraw")}>{t("announcement.withdraw")}</Button>
        : one.state === "over" ? null : (
          <span className="row">
            <Button size="small" onClick={() => setEdited(one)}>{t("action.edit")}</Button>
            <Button size="small" type="primary" onClick={() => move(one.id, "publish")}>{t("announcement.publish")}</Button>
          </span>
        )),
    },
  ];
  return (
    <PageFrame title={t("menu.announcements")} lead={t("announcement.lead")} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("announcement.new")}</Button>}>
      <FilterBar filters={[{ kind: "choice", name: "state", label: t("announcement.state"), options: states.map((value) => ({ value, label: t(`announcement.states.${value}`) })) }]} />
      <DataTable<Announcement> label={t("menu.announcements")} path="/announcements" query={{ state }} columns={columns} rowKey={(one) => one.id} emptyTitle={t("announcement.none")} empty={t("announcement.noneText")} />
      <AnnouncementForm edited={edited} onClose={() => setEdited(null)} />
      <AnnouncementReadings announcement={looked} onClose={() => setLooked(null)} />
    </PageFrame>
  );
}

/** "店长 · 华东大区" */
function useAudience() {
  const { t } = useTranslation();
  const [roles, units] = [useQuery(rolesQuery), useQuery(orgUnitsQuery)];
  const namesOf = (ids: readonly string[], known: readonly { id: string; name: string }[] | undefined) => ids.map((id) => known?.find((one) => one.id === id)?.name ?? "…").join(t("rule.listComma"));
  return ({ roleIds, unitIds }: Announcement) => [namesOf(roleIds, roles.data?.items), namesOf(unitIds, units.data?.items)].filter(Boolean).join(" · ") || t("announcement.everybody");
}
