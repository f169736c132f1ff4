import type { ConsoleSchemas } from "@shuke/api";
import { DatabaseOutlined, FileTextOutlined, SearchOutlined, ShoppingOutlined, UserOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { type ComponentType, type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { problemSentence } from "../api/problem.ts";
import { useClock } from "../design/clock.ts";
import { formatFen } from "../design/money.ts";
import { usePaused } from "../design/paused.ts";
import { useStoreName } from "./store-choice.ts";
import "./search-box.css";

type Group = ConsoleSchemas["SearchGroup"];
type Hit = ConsoleSchemas["SearchHit"];

/** Where a hit leads, and where the rest of its kind is listed. */
const kinds: Record<string, { icon: ComponentType; page: string; list: string }> = {
  member: { icon: UserOutlined, page: "/members/", list: "/members" },
  order: { icon: FileTextOutlined, page: "/orders/", list: "/orders" },
  product: { icon: ShoppingOutlined, page: "/products?q=", list: "/products" },
  // A record's page asks the record which object it is of.
  record: { icon: DatabaseOutlined, page: "/records/any/", list: "/records" },
};

const hrefOf = (kind: string, hit: Hit): string => (kinds[kind]?.page ?? "") + encodeURIComponent(hit.id);

const pauseMs = 150;
const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The box over everything, opened from the header, by `/` or by Ctrl-K. */
export function SearchBox() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const isAsked = event.key === "/" ? !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) : event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!isAsked || event.isComposing) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <Button className="search-open" icon={<SearchOutlined />} aria-label={t("search.open")} aria-keyshortcuts="/ Control+K" onClick={() => setOpen(true)}>
        <span className="search-open-text">{t("search.open")}</span><kbd>/</kbd>
      </Button>
      <Modal open={isOpen} onCancel={() => setOpen(false)} footer={null} closable={false} destroyOnHidden width={640} style={{ top: 72 }} className="search-box" aria-label={t("search.open")}>
        <SearchDialog onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const q = usePaused(text.trim(), pauseMs);
  const found = useQuery({ queryKey: ["search", q], queryFn: ({ signal }) => api.get<{ groups: Group[] }>("/search", { q }, signal), enabled: q !== "", placeholderData: (before) => before });
  const groups = q === "" ? [] : (found.data?.groups ?? []);
  const choices = groups.flatMap((group) => [...group.hits.map((hit) => hrefOf(group.kind, hit)), ...(group.hasMore ? [`${kinds[group.kind]?.list}?q=${encodeURIComponent(q)}`] : [])]);
  const go = (href: string | undefined) => {
    if (!href) return;
    onClose();
    void navigate({ href });
  };
  useEffect(() => setActive(0), [found.data]);
  // Of what was typed, not of what it began with: Enter waits for its answer.
  const isCurrent = q === text.trim() && q !== "" && found.isSuccess && !found.isPlaceholderData;
  const [isWaiting, setWaiting] = useState(false);
  const awaited = isWaiting && isCurrent ? choices[0] : undefined;
  useEffect(() => {
    if (awaited === undefined) return;
    onClose();
    void navigate({ href: awaited });
  }, [awaited, navigate, onClose]);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter" && isCurrent) go(choices[active]);
    else if (event.key === "Enter") setWaiting(text.trim() !== "");
    else if (move && choices.length) setActive((active + move + choices.length) % choices.length);
    else return;
    event.preventDefault();
  };
  const isNothing = q !== "" && found.isSuccess && !found.isFetching && groups.length === 0;
  return (
    <>
      <div className="search-field">
        <SearchOutlined />
        <input value={text} autoFocus maxLength={64} autoComplete="off" spellCheck={false} role="combobox" aria-expanded={choices.length > 0} aria-controls="search-hits" aria-autocomplete="list" aria-label={t("search.open")}
          {...(choices.length > 0 && { "aria-activedescendant": `search-hit-${active}` })} placeholder={t("search.hint")} onChange={(event) => { setText(event.target.value); setWaiting(false); }} onKeyDown={press} />
      </div>
      <div id="search-hits" role="listbox" aria-label={t("search.hits")} aria-busy={found.isFetching}>
        {groups.map((group) => <SearchGroup key={group.kind} group={group} choices={choices} active={active} q={q} go={go} />)}
      </div>
      <p role="status" className="search-said">
        {found.isError ? problemSentence(t, found.error) : isNothing ? t("search.nothing", { q }) : q === "" ? t("search.ways") : null}
      </p>
    </>
  );
}

interface GroupProps {
  group: Group;
  choices: string[];
  active: number;
  q: string;
  go: (href: string) => void;
}

function SearchGroup({ group, choices, active, q, go }: GroupProps) {
  const { t } = useTranslation();
  const kind = kinds[group.kind];
  if (!kind) return null;
  const more = `${kind.list}?q=${encodeURIComponent(q)}`;
  const option = (href: string, content: React.ReactNode) => {
    const at = choices.indexOf(href);
    return (
      <div key={href} id={`search-hit-${at}`} role="option" tabIndex={-1} aria-selected={at === active} className={at === active ? "search-hit is-active" : "search-hit"} onMouseDown={(event) => { event.preventDefault(); go(href); }}>
        {content}
      </div>
    );
  };
  return (
    <div role="group" aria-label={t(`search.kind.${group.kind}`)}>
      <p className="search-kind">{t(`search.kind.${group.kind}`)}{group.isGuess ? <span className="soft"> · {t("search.guess")}</span> : null}</p>
      {group.hits.map((hit) => option(hrefOf(group.kind, hit), <HitLine hit={hit} icon={kind.icon} />))}
      {group.hasMore ? option(more, <span className="soft">{t("search.more")}</span>) : null}
    </div>
  );
}

function HitLine({ hit, icon: Icon }: { hit: Hit; icon: ComponentType }) {
  const clock = useClock();
  const storeName = useStoreName();
  const note = [hit.subtitle, hit.storeId ? storeName(hit.storeId) : "", hit.at ? clock.instant(hit.at) : ""].filter(Boolean).join(" · ");
  return (
    <>
      <Icon />
      <span className="search-hit-text"><strong>{hit.title}</strong><span className="soft">{note}</span></span>
      {hit.amountFen === null ? null : <span className="num">{formatFen(hit.amountFen)}</span>}
    </>
  );
}
