import { useTranslation } from "react-i18next";

/** Names one after the other, as the reader's language separates them. */
export function useJoined() {
  const { i18n } = useTranslation();
  return (names: readonly string[]) => names.join(i18n.language.startsWith("zh") ? "、" : ", ");
}
