import { useTranslation } from "react-i18next";

const selling = [["F2", "scan"], ["F4", "member"], ["↑↓", "select"], ["+ −", "quantity"], ["Del", "remove"], ["Alt+1…9", "coupon"], ["F6", "points"], ["F1", "split"], ["F3", "park"], ["F10", "takeUp"], ["F7", "clear"], ["F8", "pay"]] as const;
const paying = [["Enter", "cash"], ["/", "card"], ["*", "wechat"], ["+", "stored"], ["F9", "commit"], ["Esc", "back"]] as const;

/** The keys in words; what cannot be seen is not used. */
export function ShortcutBar({ isPaying }: { isPaying: boolean }) {
  const { t } = useTranslation();
  return (
    <footer className="shortcuts" aria-label={t("till.shortcuts")}>
      {(isPaying ? paying : selling).map(([key, name]) => <span key={key}><kbd>{key}</kbd>{t(`till.key.${name}`)}</span>)}
    </footer>
  );
}
