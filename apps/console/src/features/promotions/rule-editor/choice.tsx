import { Input, InputNumber, Select } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Control {
  id?: string;
  "aria-describedby"?: string;
  "aria-label"?: string;
  status?: "error";
}

interface ManyProps<T extends string | number> extends Control {
  value: readonly T[] | null | undefined;
  onChange: (value: T[] | null) => void;
  options: { value: T; label: string }[];
  /** Words of one's own besides the options. */
  isOpen?: boolean;
  placeholder?: string;
}

/** Several of a list; none means any. */
export function ManyChoice<T extends string | number>({ value, onChange, options, isOpen = false, placeholder, ...control }: ManyProps<T>) {
  const { t } = useTranslation();
  return (
    <Select<T[]>
      {...control}
      className="rule-wide"
      mode={isOpen ? "tags" : "multiple"}
      allowClear
      maxTagCount="responsive"
      placeholder={placeholder ?? t("form.any")}
      showSearch={{ optionFilterProp: "label" }}
      value={[...(value ?? [])]}
      onChange={(next) => onChange(next.length > 0 ? next : null)}
      options={options}
    />
  );
}

interface CountProps extends Control {
  value: number | null | undefined;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  suffix?: string;
  placeholder?: string;
}

export function CountInput({ min = 1, max = 10_000, suffix, value, ...rest }: CountProps) {
  return <InputNumber {...rest} value={value ?? null} className="rule-number" min={min} max={max} precision={0} {...(suffix && { suffix })} />;
}

/** 20 % off is 8 折. */
export const foldText = (t: TFunction, percentOff: number): string => (percentOff === 100 ? t("rule.free") : t("rule.fold", { fold: Number(((100 - percentOff) / 10).toFixed(3)), off: percentOff }));

/** 20 = 20 % off; the words beside it say it as people do: 8 折. */
export function PercentInput({ value, ...rest }: Omit<CountProps, "min" | "max" | "suffix">) {
  const { t } = useTranslation();
  return (
    <span className="rule-inline">
      <InputNumber<number> {...rest} value={value ?? null} className="rule-number" min={0.01} max={100} precision={2} step={5} suffix="%" formatter={(shown, { userTyping, input }) => (userTyping ? input : String(shown ?? ""))} />
      {value ? <span className="rule-soft">{foldText(t, value)}</span> : null}
    </span>
  );
}

const clockShape = /^([01]?\d|2[0-3])[:：.]?([0-5]\d)$/;

/** A time of day as the wire has it, "09:30"; "930" and "9：30" are understood, 24:00 is the end of the day. */
export function ClockInput({ value, onChange, ...control }: Control & { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    const clock = typed === null ? null : clockOf(typed);
    if (clock !== null) onChange(clock);
    setTyped(null);
  };
  return (
    <Input
      {...control}
      className="rule-clock"
      inputMode="numeric"
      maxLength={5}
      placeholder="11:00"
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
    />
  );
}

export function clockOf(text: string): string | null {
  const plain = text.normalize("NFKC").trim();
  if (plain === "24:00" || plain === "2400") return "24:00";
  const match = clockShape.exec(/^\d{1,2}$/.test(plain) ? `${plain}:00` : plain);
  return match ? `${(match[1] ?? "").padStart(2, "0")}:${match[2] ?? ""}` : null;
}
