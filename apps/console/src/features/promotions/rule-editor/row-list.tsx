import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props<T> {
  value: readonly T[] | null | undefined;
  onChange: (next: T[]) => void;
  fresh: T;
  addLabel: string;
  max: number;
  /** The row's name for ears: "第 2 档". */
  rowLabel: (at: number) => string;
  /** The last row may go too. */
  isEmptyAllowed?: boolean;
  children: (row: T, at: number, set: (next: T) => void) => ReactNode;
}

/** A list of rows that grow and shrink: steps of a ladder, prices, parts of a set. */
export function RowList<T>({ value, onChange, fresh, addLabel, max, rowLabel, isEmptyAllowed = false, children }: Props<T>) {
  const { t } = useTranslation();
  const rows = value ?? [];
  return (
    <div className="rule-rows">
      {rows.map((row, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no name but their place
        <div key={at} className="rule-row" role="group" aria-label={rowLabel(at)}>
          <span className="rule-row-no" aria-hidden="true">{at + 1}</span>
          <div className="rule-row-fields">{children(row, at, (next) => onChange(rows.map((one, k) => (k === at ? next : one))))}</div>
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("rule.removeRow", { name: rowLabel(at) })} disabled={rows.length <= 1 && !isEmptyAllowed} onClick={() => onChange(rows.filter((_, k) => k !== at))} />
        </div>
      ))}
      <Button icon={<PlusOutlined />} disabled={rows.length >= max} onClick={() => onChange([...rows, fresh])}>{addLabel}</Button>
    </div>
  );
}
