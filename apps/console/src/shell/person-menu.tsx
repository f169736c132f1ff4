import { DownOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { chooseLanguage, languages } from "../language/language.ts";
import { setAppearance, useAppearance } from "./appearance.tsx";
import { useSession } from "./session.ts";

const appearances = ["system", "light", "dark"] as const;

/** Account, language, light or dark, sign out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation();
  const { staff } = useSession();
  const appearance = useAppearance();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = async () => {
    await api.post("/sign-out").catch(() => undefined);
    queryClient.clear();
    await navigate({ to: "/sign-in" });
  };
  const items: MenuProps["items"] = [
    { key: "account", label: t("shell.account"), onClick: () => void navigate({ to: "/account" }) },
    { type: "divider" },
    { type: "group", label: t("shell.language"), children: languages.map(({ code, name }) => ({ key: code, label: name, onClick: () => void chooseLanguage(code) })) },
    { type: "group", label: t("shell.appearance"), children: appearances.map((one) => ({ key: one, label: t(`shell.${one}`), onClick: () => setAppearance(one) })) },
    { type: "divider" },
    { key: "out", label: t("shell.signOut"), onClick: () => void signOut() },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items, selectedKeys: [i18n.language, appearance] }} placement="bottomRight">
      <Button type="text" className="person-button" aria-haspopup="menu">
        <span className="person-mark" aria-hidden="true">{[...staff.name][0]}</span>
        <span className="person-name">{staff.name}</span>
        <DownOutlined />
      </Button>
    </Dropdown>
  );
}
