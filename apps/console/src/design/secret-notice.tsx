import { App, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** Shows something that the server tells only once, with a button to copy it, until it is closed on purpose. */
export function useSecretNotice() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (title: string, secret: string, text?: string) => {
    const content = (
      <div className="stack-tight">
        {text ? <p>{text}</p> : null}
        <Typography.Paragraph copyable={{ text: secret }} className="secret">{secret}</Typography.Paragraph>
      </div>
    );
    modal.success({ title, content, width: 560, okText: t("action.confirm") });
  };
}
