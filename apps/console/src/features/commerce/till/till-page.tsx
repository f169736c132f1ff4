import "./till.css";
import { Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../design/state.tsx";
import { useStoreChoice } from "../../../shell/store-choice.ts";
import { TillDesk } from "./till-desk.tsx";

export function TillPage() {
  const { t } = useTranslation();
  const { store, stores, choose } = useStoreChoice();
  useEffect(() => {
    document.title = `${t("menu.till")} · 熟客`;
  }, [t]);
  if (!store) {
    return (
      <div className="till-choice">
        <h1>{t("till.chooseStore")}</h1>
        <EmptyState
          title={t("till.chooseStoreText")}
          action={<Select size="large" className="till-store" autoFocus placeholder={t("shell.store")} aria-label={t("shell.store")} showSearch={{ optionFilterProp: "label" }} options={stores.map((one) => ({ value: one.id, label: one.name }))} onChange={choose} />}
        />
      </div>
    );
  }
  return <TillDesk key={store.id} storeId={store.id} storeName={store.name} />;
}
