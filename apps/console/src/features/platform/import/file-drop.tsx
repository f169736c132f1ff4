import "./import.css";
import { InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

/** A file by dropping it here or by choosing it, as the mouse or the keyboard has it. */
export function FileDrop({ onFile, isBusy = false }: { onFile: (file: File) => void; isBusy?: boolean }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const take = (file: File | undefined) => {
    if (!file) return;
    setEmpty(file.size === 0);
    if (file.size > 0) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is the mouse's way; the button inside is everybody's
    <section className={isOver ? "file-drop is-over" : "file-drop"} aria-label={t("import.file")} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <InboxOutlined className="file-drop-mark" aria-hidden />
      <p className="file-drop-text">{t("import.drop")}</p>
      <p className="soft">{t("import.dropHint")}</p>
      {isEmpty ? <p className="bad" role="alert">{t("import.unreadable.empty")}</p> : null}
      <Button type="primary" loading={isBusy} onClick={() => input.current?.click()}>{t("import.choose")}</Button>
      <input
        ref={input} type="file" hidden accept=".csv,.txt,.tsv,.xlsx" aria-label={t("import.file")}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </section>
  );
}
