import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { saveFile } from "./save-file.ts";

interface Options {
  text?: string;
  /** Offers the secret as a text file too. */
  download?: { fileName: string; label: string };
}

/** Shows something that the server tells only once, with a button to copy it, until it is closed on purpose. */
export function useSecretNotice() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (title: string, secret: string, { text, download }: Options = {}) => {
    const content = (
      <div className="stack-tight">
        {text ? <p>{text}</p> : null}
        <Typography.Paragraph copyable={{ text: secret }} className="secret">{secret}</Typography.Paragraph>
        {download ? <Button icon={<DownloadOutlined />} onClick={() => saveFile(download.fileName, new Blob([`${secret}\n`], { type: "text/plain" }))}>{download.label}</Button> : null}
      </div>
    );
    modal.success({ title, content, width: 560, okText: t("action.confirm") });
  };
}
