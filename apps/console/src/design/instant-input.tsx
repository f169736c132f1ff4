import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import { useTimeZone } from "../shell/session.ts";

dayjs.extend(utc);
dayjs.extend(timezone);

interface Props {
  /** From `Form.Item`, so that its label names the field. */
  id?: string;
  "aria-label"?: string;
  value: string | null;
  onChange: (at: string | null) => void;
}

const wall = "YYYY-MM-DD HH:mm";

/** An instant as clocks in the brand's shops show it, whatever the browser's: what is typed here is what everybody reads. */
export function InstantInput({ value, onChange, ...named }: Props) {
  const zone = useTimeZone();
  const write = (at: Dayjs | null) => onChange(at ? dayjs.tz(at.format(wall), zone).toISOString() : null);
  // Without a button to confirm: what is typed and left by Tab was gone.
  return <DatePicker {...named} needConfirm={false} className="full" showTime={{ format: "HH:mm" }} format={wall} value={value ? dayjs(dayjs(value).tz(zone).format(wall)) : null} onChange={write} />;
}
