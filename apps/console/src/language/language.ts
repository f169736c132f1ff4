import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

export const languages = [
  { code: "zh-CN", name: "简体中文" },
  { code: "en", name: "English" },
] as const;

export type Language = (typeof languages)[number]["code"];

/** The language that is read now. */
export const languageOf = ({ language }: Pick<i18n, "language">): Language => (language === "en" ? "en" : "zh-CN");

export const antdLocales = { "zh-CN": zhCN, en: enUS };

const storageName = "shuke.language";

/** Each dictionary is a chunk of its own: nobody loads the language they do not read. */
const dictionaries: Record<Language, () => Promise<object>> = {
  "zh-CN": () => import("./zh-CN/index.ts").then((module) => module.dictionary),
  en: () => import("./en/index.ts").then((module) => module.dictionary),
};

export async function startLanguage(): Promise<i18n> {
  const language = languageOf({ language: localStorage.getItem(storageName) ?? "" });
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await dictionaries[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
  return i18next;
}

export async function chooseLanguage(language: Language) {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await dictionaries[language]());
  }
  localStorage.setItem(storageName, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
