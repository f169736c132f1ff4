import type { ConsoleSchemas } from "@shuke/api";
import { DeleteOutlined, UploadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
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
  const { maxMb = 10, onlyImages } = field.settings;
  const upload = useAction<readonly File[], void>({
    run: async (files) => {
      const taken = [...value];
      try {
        for (const file of files.slice(0, MOST - value.length)) taken.push(await api.postBytes<ConsoleSchemas["HeldFile"]>(`/fields/${field.id}/files`, file, { name: file.name }));
      } finally {
        // What went through before one was refused stays.
        if (taken.length > value.length) onChange(taken);
      }
    },
  });
  const refusal = upload.error ? problemOf(upload.error).errors?.[0]?.code : undefined;
  const sentence = refusal === "too-large" ? t("model.fileTooLarge", { mb: maxMb }) : refusal === "not-allowed" ? t(onlyImages ? "model.fileNoPicture" : "model.fileNotAllowed") : upload.error ? problemSentence(t, upload.error) : null;
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
        onChange={(event) => { upload.mutate([...(event.target.files ?? [])]); event.target.value = ""; }}
      />
      <Button icon={<UploadOutlined />} loading={upload.isPending} disabled={value.length >= MOST} onClick={() => input.current?.click()}>{t(onlyImages ? "model.addPicture" : "model.addFile")}</Button>
      <span className="soft">{t(onlyImages ? "model.pictureHint" : "model.fileHint", { mb: maxMb })}</span>
      {sentence ? <Alert type="error" showIcon title={sentence} /> : null}
    </div>
  );
}
