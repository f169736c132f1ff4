import { CloseOutlined, MenuOutlined } from "@ant-design/icons";
import { Link, Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { App as AntApp, Button } from "antd";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ForbiddenState, LoadingState } from "../design/state.tsx";
import { Bell } from "./bell.tsx";
import { BulletinBanner } from "./bulletin-banner.tsx";
import { useLiveStream } from "./live.ts";
import { menu } from "./menu.ts";
import { PersonMenu } from "./person-menu.tsx";
import { SearchBox } from "./search-box.tsx";
import { TodoBadge } from "./todo-badge.tsx";
import { useCan, useSession } from "./session.ts";
import { StoreSwitcher } from "./store-switcher.tsx";

export function Shell() {
  const { t } = useTranslation();
  const can = useCan();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => setMenuOpen(false), [path]);
  const { permission, isBare } = useMatches({ select: (matches) => matches.at(-1)?.staticData ?? {} });
  useLiveStream();
  const isAllowed = !permission || can(permission);
  return (
    <AntApp className={isBare ? "shell is-bare" : "shell"}>
      <a className="skip" href="#content">{t("shell.skip")}</a>
      <Sidebar isOpen={isMenuOpen} onClose={() => setMenuOpen(false)} />
      <div className="shell-main">
        <header className="topbar">
          <Button className="menu-button" type="text" icon={<MenuOutlined />} aria-label={t("shell.openMenu")} aria-expanded={isMenuOpen} onClick={() => setMenuOpen(true)} />
          <StoreSwitcher />
          <span className="topbar-gap" />
          <SearchBox />
          <TodoBadge />
          <Bell />
          <PersonMenu />
        </header>
        {isBare ? null : <BulletinBanner />}
        <main id="content" tabIndex={-1}>
          <Suspense fallback={<LoadingState />}>{isAllowed ? <Outlet /> : <ForbiddenState {...(permission && { permission })} />}</Suspense>
        </main>
      </div>
    </AntApp>
  );
}

function Sidebar({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { tenant } = useSession();
  const can = useCan();
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [isOpen, onClose]);
  return (
    <>
      {isOpen ? <div className="scrim" onClick={onClose} aria-hidden="true" /> : null}
      <nav className={isOpen ? "sidebar is-open" : "sidebar"} aria-label={t("shell.menu")}>
        <div className="brand">
          <span className="brand-mark" aria-hidden="true">{tenant.theme.logoText?.slice(0, 1) ?? tenant.name.slice(0, 1)}</span>
          <span className="brand-name">{tenant.name}</span>
          <Button className="menu-button" type="text" icon={<CloseOutlined />} aria-label={t("shell.closeMenu")} onClick={onClose} />
        </div>
        {menu.map((group) => {
          const entries = group.entries.filter((entry) => !entry.permission || can(entry.permission));
          if (entries.length === 0) return null;
          return (
            <div key={group.name} className="menu-group">
              <p id={`menu-${group.name}`}>{t(`menu.${group.name}`)}</p>
              <ul aria-labelledby={`menu-${group.name}`}>
                {entries.map(({ to, name, icon: Icon }) => (
                  <li key={to}>
                    <Link to={to} activeOptions={{ exact: to === "/", includeSearch: false }} activeProps={{ className: "is-active", "aria-current": "page" }}>
                      <Icon />
                      {t(`menu.${name}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
    </>
  );
}
