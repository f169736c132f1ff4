import { useEffect, useRef } from "react";

export type Shortcut = "F1" | "F2" | "F3" | "F4" | "F6" | "F7" | "F8" | "F9" | "F10" | "Escape";

/** The till's keys work wherever the focus is; the browser's own meaning of them (find, help, bookmarks) is suspended here. */
export function useShortcuts(actions: Partial<Record<Shortcut, () => void>>, onDigit?: (digit: number) => void) {
  const current = useRef({ actions, onDigit });
  current.current = { actions, onDigit };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (document.querySelector(".ant-drawer-open, .ant-modal-wrap:not([style*='display: none'])")) return;
      const action = current.current.actions[event.key as Shortcut];
      const digit = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
      if (!action && !(digit && current.current.onDigit)) return;
      event.preventDefault();
      if (action) action();
      else current.current.onDigit?.(Number(digit));
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
