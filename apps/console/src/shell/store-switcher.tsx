import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useStoreChoice } from "./store-choice.ts";

const everywhere = "*";

export function StoreSwitcher() {
  const { t } = useTranslation();
  const { store, stores, choose, canSeeAll } = useStoreChoice();
  if (stores.length === 0) return null;
  const regions = [...new Set(stores.map((one) => one.region ?? one.city ?? ""))];
  const options = regions.map((region) => ({
    label: region || t("shell.stores"),
    options: stores.filter((one) => (one.region ?? one.city ?? "") === region).map((one) => ({ value: one.id, label: one.name })),
  }));
  return (
    <Select
      className="store-switcher"
      aria-label={t("shell.store")}
      value={store?.id ?? everywhere}
      onChange={(value) => choose(value === everywhere ? null : value)}
      showSearch={stores.length > 8 ? { optionFilterProp: "label" } : false}
      popupMatchSelectWidth={240}
      options={canSeeAll ? [{ value: everywhere, label: t("shell.allStores", { count: stores.length }) }, ...options] : options}
    />
  );
}
