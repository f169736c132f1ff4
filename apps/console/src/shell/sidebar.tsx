import { AppstoreOutlined, CloseOutlined, UnorderedListOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMenus } from "./own-menu.ts";
import { useSession } from "./session.ts";

/** The menu of one's roles first; everything else that one may open is one press away. */
export function Sidebar({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { tenant } = useSession();
  const { all, own } = useMenus();
  const [isWhole, setWhole] = useState(false);
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
        {(own && !isWhole ? own : all).map(({ key, name, entries }) => (
          <div key={key} className="menu-group">
            <p id={`menu-${key}`}>{name}</p>
            <ul aria-labelledby={`menu-${key}`}>
              {entries.map(({ to, label, icon: Icon }) => (
                <li key={to}>
                  <Link to={to} activeOptions={{ exact: to === "/", includeSearch: false }} activeProps={{ className: "is-active", "aria-current": "page" }}>
                    <Icon />
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {own ? <Button className="menu-whole" type="text" block icon={isWhole ? <UnorderedListOutlined /> : <AppstoreOutlined />} aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>{t(isWhole ? "shell.ownPages" : "shell.allPages")}</Button> : null}
      </nav>
    </>
  );
}
