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
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is the mouse's way; the button inside is everybody's
    <section className={isOver ? "file-drop is-over" : "file-drop"} aria-label={t("import.file")} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <InboxOutlined className="file-drop-mark" aria-hidden />
      <p className="file-drop-text">{t("import.drop")}</p>
      <p className="soft">{t("import.dropHint")}</p>
      <Button type="primary" loading={isBusy} onClick={() => input.current?.click()}>{t("import.choose")}</Button>
      <input
        ref={input} type="file" hidden accept=".csv,.txt,.tsv,.xlsx" aria-label={t("import.file")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </section>
  );
}
