import { Input, type InputRef } from "antd";
import { type KeyboardEvent, type Ref, useState } from "react";
import { parseYuan, yuanText } from "./money.ts";

interface Props {
  id?: string;
  value?: number | null;
  onChange?: (fen: number | null) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  "aria-label"?: string;
  "aria-describedby"?: string;
  /** Refused by others; what is no sum is refused here. */
  status?: "error";
  size?: "large" | "middle";
  disabled?: boolean;
  autoFocus?: boolean;
  ref?: Ref<InputRef>;
}

/** A field in yuan over a value in fen. What is typed stays as typed until the field is left. */
export function MoneyInput({ value, onChange, status, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? (value === null || value === undefined ? "" : yuanText(value));
  const isWrong = shown !== "" && parseYuan(shown) === null;
  return (
    <Input
      {...rest}
      prefix="¥"
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      status={isWrong ? "error" : (status ?? "")}
      aria-invalid={isWrong}
      onFocus={(event) => event.target.select()}
      onChange={(event) => {
        setDraft(event.target.value);
        onChange?.(parseYuan(event.target.value));
      }}
      onBlur={() => !isWrong && setDraft(null)}
    />
  );
}
