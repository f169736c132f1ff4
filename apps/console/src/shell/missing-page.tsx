import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../design/state.tsx";

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <main className="alone">
      <EmptyState title={t("state.missing")} text={t("state.missingText")} action={<Link to="/">{t("state.home")}</Link>} />
    </main>
  );
}
