import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Progress } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { Panel } from "../../../design/page-frame.tsx";
import { sizeText } from "../../../design/size.ts";
import { LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { FileDrop } from "./file-drop.tsx";
import { type Import, importQuery, importsKey } from "./import.ts";
import { UnreadableAlert } from "./unreadable-alert.tsx";
import { startUpload, useUpload } from "./upload.ts";

/** The file on its way; when all of it is there it is read by itself. */
export function UploadStep({ one }: { one: Import }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { progress, upload } = useUpload(one.id);
  const [isComplete, setComplete] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const read = useAction<void, Import>({ run: () => api.post(`/imports/${one.id}:read`, {}), refreshes: [importsKey] });
  const { mutate } = read;
  const isAtHand = upload !== undefined;
  useEffect(() => {
    let isCurrent = true;
    // Nothing of this browser is on its way: either all is there, or the rest is missing.
    if (!isAtHand) void api.get<{ missing: number[] }>(`/imports/${one.id}/chunks`).then(({ missing }) => { if (isCurrent && missing.length === 0) setComplete(true); });
    return () => { isCurrent = false; };
  }, [isAtHand, one.id]);
  useEffect(() => {
    if (isComplete) mutate();
  }, [isComplete, mutate]);
  if (isComplete) return read.error ? <Panel><UnreadableAlert error={read.error} /><p className="row import-foot"><Link to="/imports/new" search={{ target: one.target } as never}><Button type="primary" tabIndex={-1}>{t("import.another")}</Button></Link><Button onClick={() => mutate()}>{t("state.retry")}</Button></p></Panel> : <LoadingState rows={8} />;
  const again = (file: File) => {
    setWrong(file.size !== one.sizeBytes);
    if (file.size === one.sizeBytes) startUpload({ importId: one.id, file, chunkBytes: one.chunks.bytes }, () => void client.invalidateQueries({ queryKey: importQuery(one.id).queryKey }));
  };
  if (!upload) {
    return (
      <Panel title={t("import.resume")}>
        <p>{t("import.resumeText", { name: one.fileName, size: sizeText(one.sizeBytes) })}</p>
        {isWrong ? <p className="bad" role="alert">{t("import.otherFile")}</p> : null}
        <FileDrop onFile={again} />
      </Panel>
    );
  }
  return (
    <Panel title={t("import.uploading")} extra={progress.isPaused
      ? <Button size="small" type="primary" onClick={() => void upload.go()}>{t("import.resumeDo")}</Button> : <Button size="small" onClick={() => upload.pause()}>{t("import.pause")}</Button>}>
      <Progress percent={Math.floor((progress.sentBytes / one.sizeBytes) * 100)} status={progress.isPaused ? "normal" : "active"} aria-label={t("import.uploading")} />
      <p className="soft">{t("import.sent", { sent: sizeText(progress.sentBytes), total: sizeText(one.sizeBytes) })}</p>
      <ProblemAlert error={progress.error} />
    </Panel>
  );
}
