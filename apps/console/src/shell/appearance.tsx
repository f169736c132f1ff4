import { ConfigProvider, theme } from "antd";
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { antdLocales, type Language } from "../language/language.ts";
import { houseColour, themeOf } from "../design/theme.ts";
import { useBrandColour } from "./session.ts";

export type Appearance = "system" | "light" | "dark";

const storageName = "shuke.appearance";
const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");
const calmQuery = window.matchMedia("(prefers-reduced-motion: reduce)");
const listeners = new Set<() => void>();

export function setAppearance(appearance: Appearance) {
  localStorage.setItem(storageName, appearance);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  darkQuery.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    darkQuery.removeEventListener("change", listener);
  };
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => (localStorage.getItem(storageName) ?? "system") as Appearance);
}

export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => {
    const chosen = localStorage.getItem(storageName) ?? "system";
    return chosen === "dark" || (chosen === "system" && darkQuery.matches);
  });
}

export function AppearanceProvider({ children }: { children: ReactNode }) {
  const isDark = useIsDark();
  const primary = useBrandColour() ?? houseColour;
  const language = useTranslation().i18n.language as Language;
  const base = themeOf(isDark, primary);
  return (
    <ConfigProvider
      locale={antdLocales[language]}
      theme={{ ...base, token: { ...base.token, motion: !calmQuery.matches } }}
      button={{ autoInsertSpace: false }}
    >
      <TokenVariables isDark={isDark} />
      {children}
    </ConfigProvider>
  );
}

/** Our own style sheet speaks the theme's colours through these variables. */
function TokenVariables({ isDark }: { isDark: boolean }) {
  const { token } = theme.useToken();
  useEffect(() => {
    const root = document.documentElement;
    root.dataset["theme"] = isDark ? "dark" : "light";
    root.style.colorScheme = isDark ? "dark" : "light";
    const variables: Record<string, string> = {
      ink: token.colorText,
      "ink-soft": token.colorTextSecondary,
      ground: token.colorBgLayout,
      paper: token.colorBgContainer,
      raised: token.colorBgElevated,
      line: token.colorBorderSecondary,
      "line-strong": token.colorBorder,
      brand: token.colorPrimary,
      "brand-wash": token.colorPrimaryBg,
      link: token.colorLink,
      good: token.colorSuccess,
      "good-wash": token.colorSuccessBg,
      warn: token.colorWarning,
      "warn-wash": token.colorWarningBg,
      bad: token.colorError,
      "bad-wash": token.colorErrorBg,
    };
    for (const [name, value] of Object.entries(variables)) root.style.setProperty(`--${name}`, value);
  }, [token, isDark]);
  return null;
}
