import type { ConsoleSchemas } from "@shuke/api";
import { DeleteOutlined, UploadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { problemOf, problemSentence } from "../../api/problem.ts";
import type { Field } from "./object.ts";

/** Uploaded here, or a link to somewhere else that an interface wrote. */
export type HeldFile = ConsoleSchemas["HeldFile"] | { name: string; url: string };

const MOST = 10;
const hrefOf = (file: HeldFile): string => ("url" in file ? file.url : `/api/console/files/${file.fileId}`);
const isPicture = (file: HeldFile): boolean => "mediaType" in file && file.mediaType.startsWith("image/");

/** Files as people open them; pictures show what they are. */
export function FileLinks({ files }: { files: readonly HeldFile[] }) {
  return (
    <span className="row">
      {files.map((file) => (
        <a key={hrefOf(file)} href={hrefOf(file)} target="_blank" rel="noreferrer" title={file.name}>
          {isPicture(file) ? <img className="file-picture" src={hrefOf(file)} alt={file.name} loading="lazy" /> : file.name}
        </a>
      ))}
    </span>
  );
}

interface Props {
  field: Field;
  id?: string;
  value: HeldFile[];
  onChange: (value: HeldFile[] | null) => void;
}

/** Uploads at once; what was uploaded is kept when the form is saved. */
export function FileInput({ field, id, value, onChange }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { maxMb = 10, onlyImages } = field.settings;
  const upload = async (files: readonly File[]) => {
    setBusy(true);
    setError(null);
    const taken = [...value];
    try {
      for (const file of files.slice(0, MOST - value.length)) taken.push(await api.postBytes<ConsoleSchemas["HeldFile"]>(`/fields/${field.id}/files`, file, { name: file.name }));
    } catch (failure) {
      const code = problemOf(failure).errors?.[0]?.code;
      setError(code === "too-large" ? t("model.fileTooLarge", { mb: maxMb }) : code === "not-allowed" ? t(onlyImages ? "model.fileNoPicture" : "model.fileNotAllowed") : problemSentence(t, failure));
    }
    setBusy(false);
    if (taken.length > value.length) onChange(taken);
  };
  return (
    <div className="stack-tight">
      {value.map((file, at) => (
        <div key={hrefOf(file)} className="row">
          <FileLinks files={[file]} />
          <Button size="small" icon={<DeleteOutlined />} aria-label={t("model.removeFile", { name: file.name })} onClick={() => onChange(value.length === 1 ? null : value.filter((_one, index) => index !== at))} />
        </div>
      ))}
      <input
        ref={input} id={id} type="file" hidden multiple {...(onlyImages ? { accept: "image/png,image/jpeg,image/webp" } : {})}
        onChange={(event) => { void upload([...(event.target.files ?? [])]); event.target.value = ""; }}
      />
      <Button icon={<UploadOutlined />} loading={isBusy} disabled={value.length >= MOST} onClick={() => input.current?.click()}>{t(onlyImages ? "model.addPicture" : "model.addFile")}</Button>
      <span className="soft">{t(onlyImages ? "model.pictureHint" : "model.fileHint", { mb: maxMb })}</span>
      {error ? <Alert type="error" showIcon title={error} /> : null}
    </div>
  );
}
