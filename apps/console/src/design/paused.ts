import { useEffect, useState } from "react";

/** What was typed, once the typing has paused; nothing at once when it is emptied. */
export function usePaused(text: string, pauseMs: number): string {
  const [paused, setPaused] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, pauseMs]);
  return text === "" ? "" : paused;
}
