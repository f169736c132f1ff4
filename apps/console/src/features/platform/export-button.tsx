import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Query } from "../../api/client.ts";
import { useCan } from "../../shell/session.ts";

/** The form comes when somebody opens it. */
const ExportDrawer = lazy(() => import("./export-drawer.tsx").then((module) => ({ default: module.ExportDrawer })));

export interface ExportedList {
  /** What the server calls the list. */
  kind: string;
  /** The page's filters, as its list is asked for. */
  query: Query;
  /** It masks something that whoever may can have in full. */
  isMasked?: boolean;
}

/** Takes the list along that is on the screen, with its filters. */
export function ExportButton(list: ExportedList) {
  const { t } = useTranslation();
  const can = useCan();
  const [isOpen, setOpen] = useState<boolean | null>(null);
  if (!can("exports.create")) return null;
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>{t("export.do")}</Button>
      {isOpen === null ? null : <Suspense><ExportDrawer list={list} isOpen={isOpen} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}
