import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

interface Props {
  /** From `Form.Item`, so that its label names the field. */
  id?: string;
  label?: string;
  value?: string | null;
  onChange?: (day: string | undefined) => void;
}

const wire = "YYYY-MM-DD";
/** Shown as the first; typed also without dashes, with strokes, or with single digits. */
const formats = [wire, "YYYYMMDD", "YYYY/M/D", "YYYY-M-D"];

/** A calendar day as the wire has it, "2026-11-21". The browser's own field would follow the browser's language, not ours. */
export function DayInput({ id, label, value, onChange }: Props) {
  return (
    <DatePicker
      {...(id ? { id } : {})}
      {...(label ? { "aria-label": label } : {})}
      className="day-input"
      format={formats}
      value={value ? dayjs(value, wire) : null}
      onChange={(day) => onChange?.(day ? day.format(wire) : undefined)}
    />
  );
}
