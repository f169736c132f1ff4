import { MenuOutlined } from "@ant-design/icons";
import { Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { App as AntApp, Button } from "antd";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ForbiddenState, LoadingState } from "../design/state.tsx";
import { Bell } from "./bell.tsx";
import { BulletinBanner } from "./bulletin-banner.tsx";
import { useLiveStream } from "./live.ts";
import { PersonMenu } from "./person-menu.tsx";
import { SearchBox } from "./search-box.tsx";
import { TodoBadge } from "./todo-badge.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useCan } from "./session.ts";
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
