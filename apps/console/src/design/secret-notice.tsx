import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Typography } from "antd";
import { useTranslation } from "react-i18next";

interface Options {
  text?: string;
  /** Offers the secret as a text file too. */
  download?: { fileName: string; label: string };
}

function save(fileName: string, text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
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
        {download ? <Button icon={<DownloadOutlined />} onClick={() => save(download.fileName, secret)}>{download.label}</Button> : null}
      </div>
    );
    modal.success({ title, content, width: 560, okText: t("action.confirm") });
  };
}
