import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { SyntheticEvent } from "react";

interface Props {
  /** From `Form.Item`, so that its label names the field. */
  id?: string;
  label?: string;
  value?: string | null;
  onChange?: (day: string | undefined) => void;
}

const wire = "YYYY-MM-DD";
/** Shown as the first; typed also without dashes or with strokes. Single digits are read at the end only: on the way to 2026-11-21 stands 2026-11-2. */
const formats = [wire, "YYYYMMDD", "YYYY/MM/DD"];
const SINGLE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;

function singleDigits(text: string): string | null {
  const [, year, month = "", day = ""] = SINGLE.exec(text.trim()) ?? [];
  const on = dayjs(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, wire, true);
  return year && on.isValid() ? on.format(wire) : null;
}

/** A calendar day as the wire has it, "2026-11-21". The browser's own field would follow the browser's language, not ours. */
export function DayInput({ id, label, value, onChange }: Props) {
  const atTheEnd = ({ target }: SyntheticEvent) => {
    const day = target instanceof HTMLInputElement ? singleDigits(target.value) : null;
    if (day && day !== value) onChange?.(day);
  };
  return (
    <span style={{ display: "contents" }} onBlurCapture={atTheEnd} onKeyDownCapture={(event) => { if (event.key === "Enter") atTheEnd(event); }}>
      <DatePicker
        {...(id ? { id } : {})}
        {...(label ? { "aria-label": label } : {})}
        className="day-input"
        format={formats}
        value={value ? dayjs(value, wire) : null}
        onChange={(day) => onChange?.(day ? day.format(wire) : undefined)}
      />
    </span>
  );
}
