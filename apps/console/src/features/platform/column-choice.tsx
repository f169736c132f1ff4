import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import type { ConsoleSchemas } from "@shuke/api";
import { Button, Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { useLabel } from "../objects/object.ts";

interface Props {
  columns: ConsoleSchemas["ExportColumns"]["items"];
  /** Keys of what is taken, in order. */
  value?: string[];
  onChange?: (keys: string[]) => void;
}

/** What is taken stands first, in the order of the file. */
export function ColumnChoice({ columns, value = [], onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const known = new Map(columns.map((column) => [column.key, column]));
  const keys = [...value.filter((key) => known.has(key)), ...columns.map((column) => column.key).filter((key) => !value.includes(key))];
  const step = (key: string, by: 1 | -1) => {
    const at = value.indexOf(key);
    onChange?.(value.toSpliced(at, 1).toSpliced(at + by, 0, key));
  };
  return (
    <>
      <p className="row">
        <Checkbox checked={value.length === columns.length} indeterminate={value.length > 0 && value.length < columns.length} onChange={(event) => onChange?.(event.target.checked ? keys : keys.slice(0, 1))}>{t("export.everyColumn", { count: value.length, all: columns.length })}</Checkbox>
      </p>
      <ul className="plain layout-fields column-choice">
        {keys.map((key) => {
          const column = known.get(key);
          const name = column ? label(column) : key;
          const at = value.indexOf(key);
          return (
            <li key={key} className="row">
              <Checkbox className="grow" checked={at >= 0} disabled={at >= 0 && value.length === 1} onChange={(event) => onChange?.(event.target.checked ? [...value, key] : value.filter((one) => one !== key))}>{name}</Checkbox>
              <Button type="text" size="small" disabled={at < 1} icon={<ArrowUpOutlined />} aria-label={t("arrangement.up", { name })} onClick={() => step(key, -1)} />
              <Button type="text" size="small" disabled={at < 0 || at === value.length - 1} icon={<ArrowDownOutlined />} aria-label={t("arrangement.down", { name })} onClick={() => step(key, 1)} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
