import { Link } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { formatFen } from "../../design/money.ts";
import { FileLinks, type HeldFile } from "./file-input.tsx";
import { type Field, useLabel } from "./object.ts";

interface Props {
  field: Field;
  value: unknown;
  /** what records that are referred to are called, by their ids */
  references?: Readonly<Record<string, string>> | undefined;
}


/** A value as people read it, whatever its kind. */
export function ValueText({ field, value, references }: Props) {
  const { t } = useTranslation();
  const clock = useClock();
  const label = useLabel();
  if (value === null || value === undefined) return "—";
  const option = (key: string) => {
    const found = field.settings.options?.find((one) => one.key === key);
    return <Tag key={key} {...(found?.color ? { color: found.color } : {})}>{found ? label(found) : key}</Tag>;
  };
  switch (field.kind) {
    case "money": return <span className="num">{formatFen(Number(value))}</span>;
    case "number": return <span className="num">{Number(value).toLocaleString("en-US", { maximumFractionDigits: 6 })}</span>;
    case "date": return clock.day(String(value));
    case "time": return clock.instant(String(value));
    case "boolean": return value === true ? t("model.yes") : t("model.no");
    case "choice": return option(String(value));
    case "choices": return <span className="row">{(value as string[]).map(option)}</span>;
    case "reference": return <span className="row">{[value].flat().map((id) => <ReferenceLink key={String(id)} id={String(id)} target={field.settings.target ?? ""} title={references?.[String(id)]} />)}</span>;
    case "url": return <a href={String(value)} target="_blank" rel="noreferrer">{String(value)}</a>;
    case "location": {
      const { lng, lat, address } = value as { lng: number; lat: number; address?: string };
      return address ? `${address} (${lat}, ${lng})` : `${lat}, ${lng}`;
    }
    case "file": return <FileLinks files={value as HeldFile[]} />;
    case "formula": return typeof value === "boolean" ? (value ? t("model.yes") : t("model.no")) : typeof value === "number" ? <span className="num">{value.toLocaleString("en-US", { maximumFractionDigits: 6 })}</span> : String(value);
    case "long-text": return <span className="long-text">{String(value)}</span>;
    default: return String(value);
  }
}

function ReferenceLink({ id, target, title }: { id: string; target: string; title: string | undefined }) {
  const { t } = useTranslation();
  const shown = title || t("model.untitled");
  return target === "member"
    ? <Link to="/members/$memberId" params={{ memberId: id }}>{shown}</Link>
    : <Link to="/records/$objectKey/$recordId" params={{ objectKey: target, recordId: id }}>{shown}</Link>;
}
