import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";

interface Tab {
  key: string;
  label: string;
  content: ReactNode;
}

interface Props {
  label: string;
  tabs: Tab[];
  active: string;
  onChange: (key: string) => void;
}

/** Tabs that scroll sideways on a phone; arrow keys move between them. Only the open one is loaded. */
export function TabList({ label, tabs, active, onChange }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(tabs.findIndex((tab) => tab.key === active), 0);
  // The list alone: scrollIntoView would move the page, and open a member's page below the name.
  useEffect(() => {
    const tab = list.current?.querySelectorAll("button")[at];
    if (tab) list.current?.scrollTo({ left: tab.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2 });
  }, [at]);
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (at + step + tabs.length) % tabs.length;
    onChange(tabs[next]?.key ?? active);
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div>
      <div ref={list} role="tablist" aria-label={label} className="tab-list">
        {tabs.map((tab, index) => (
          <button key={tab.key} id={`${id}-${tab.key}`} type="button" role="tab" aria-selected={index === at} aria-controls={`${id}-panel`} tabIndex={index === at ? 0 : -1} onClick={() => onChange(tab.key)} onKeyDown={press}>
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tabs[at]?.key ?? ""}`}>{tabs[at]?.content}</div>
    </div>
  );
}
