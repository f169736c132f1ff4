import { UploadOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../shell/session.ts";

/** The way from a list to importing into it. */
export function ImportButton({ target }: { target: string }) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can("imports.manage")) return null;
  return <Link to="/imports/new" search={{ target } as never}><Button icon={<UploadOutlined />} tabIndex={-1}>{t("import.do")}</Button></Link>;
}
