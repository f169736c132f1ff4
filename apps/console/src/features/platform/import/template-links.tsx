import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { languageOf } from "../../../language/language.ts";

const formats = { xlsx: "Excel", csv: "CSV" } as const;

/** A file to fill in, for those who have none yet. The browser fetches it by its cookie. */
export function TemplateLinks({ target }: { target: string }) {
  const { t, i18n } = useTranslation();
  return (
    <p className="row import-template">
      <span className="soft">{t("import.template")}</span>
      {Object.entries(formats).map(([format, name]) => (
        <Button key={format} size="small" icon={<DownloadOutlined />} download href={`/api/console/import-targets/${encodeURIComponent(target)}/template?format=${format}&language=${languageOf(i18n)}`} aria-label={t("import.templateAs", { format: name })}>{name}</Button>
      ))}
    </p>
  );
}
