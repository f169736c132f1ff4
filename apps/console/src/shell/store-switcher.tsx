import { useTranslation } from "react-i18next";
import { useStoreChoice } from "./store-choice.ts";

const everywhere = "*";

/** The browser's own select: it is on every page, and works best with a keyboard, a reader and a phone. */
export function StoreSwitcher() {
  const { t } = useTranslation();
  const { store, stores, choose, canSeeAll } = useStoreChoice();
  if (stores.length === 0) return null;
  const regions = [...new Set(stores.map((one) => one.region ?? one.city ?? ""))];
  return (
    <select className="store-switcher" aria-label={t("shell.store")} value={store?.id ?? everywhere} onChange={(event) => choose(event.target.value === everywhere ? null : event.target.value)}>
      {canSeeAll ? <option value={everywhere}>{t("shell.allStores", { count: stores.length })}</option> : null}
      {regions.map((region) => (
        <optgroup key={region} label={region || t("shell.stores")}>
          {stores.filter((one) => (one.region ?? one.city ?? "") === region).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </optgroup>
      ))}
    </select>
  );
}
