import { EditOutlined, EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { ArrangementEditor } from "../../design/arrangement-editor.tsx";
import { type Arrangement, isNamed, placed } from "../../design/arrangement.ts";
import { LoadingState, ProblemAlert } from "../../design/state.tsx";
import { type Menu, type MenuEntry, pages, standardMenu } from "../../shell/menu.ts";
import { placeOf, useEntryLabel } from "../../shell/own-menu.ts";
import { objectsQuery } from "../objects/object.ts";
import { type Role, rolesQuery } from "./role.ts";

/** What a role is shown first, arranged by hand; what stands at the end is not in its menu. */
export function MenuDrawer({ role, onClose }: { role: Role | null; onClose: () => void }) {
  const { t } = useTranslation();
  const objects = useQuery({ ...objectsQuery, enabled: role !== null });
  const own = objects.data?.items.filter((one) => !one.isBuiltIn && !one.isArchived) ?? [];
  if (!role || objects.isError) return <Drawer title={role?.name} open={role !== null} onClose={onClose}>{objects.isError ? <ProblemAlert error={objects.error} /> : null}</Drawer>;
  if (objects.isPending) return <Drawer title={t("role.menuOf", { name: role.name })} open onClose={onClose}><LoadingState /></Drawer>;
  return <Desk key={role.id} role={role} objects={own.map((one) => one.key)} onClose={onClose} />;
}

/** Where an entry leads stands for it; what it is called of its own is kept beside. */
interface Draft extends Arrangement {
  entries: ReadonlyMap<string, MenuEntry>;
}

function Desk({ role, objects, onClose }: { role: Role; objects: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const labelOf = useEntryLabel();
  const [draft, setDraft] = useState<Draft>(() => draftOf(role, objects, (name) => t(`menu.${name}`)));
  const [renamed, setRenamed] = useState<string | null>(null);
  const onDone = () => { void message.success(t("role.menuSaved")); onClose(); };
  const save = useAction<Menu | null, Role>({ run: (menu) => api.patch(`/roles/${role.id}`, { menu }), refreshes: [rolesQuery.queryKey, ["session"]], onDone });
  const menu = menuOf(draft);
  const last = draft.groups.length - 1;
  const entryOf = (key: string): MenuEntry => draft.entries.get(key) ?? { page: "records" };
  const nameOf = (key: string): string => labelOf(entryOf(key));
  const ownNameOf = (key: string): string => { const { page, object } = entryOf(key); return labelOf({ page, ...(object ? { object } : {}) }); };
  const noteOf = (key: string): string | null => (!mayOpen(role, entryOf(key)) ? t("role.menuForbidden") : nameOf(key) === ownNameOf(key) ? null : ownNameOf(key));
  const rename = (key: string, names: Names) => setDraft({ ...draft, entries: new Map(draft.entries).set(key, { ...entryOf(key), ...names }) });
  const move = (key: string, group: number) => setDraft(placed(draft, key, { group, before: null }));
  return (
    <Drawer
      title={t("role.menuOf", { name: role.name })} open onClose={onClose} size={Math.min(640, window.innerWidth)}
      footer={
        <div className="drawer-foot">
          {role.menu ? <Button onClick={() => save.mutate(null)}>{t("role.menuReset")}</Button> : null}
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="primary" disabled={menu.length === 0 || !isNamed(draft)} loading={save.isPending} onClick={() => save.mutate(menu)}>{t("action.save")}</Button>
        </div>
      }
    >
      <div className="stack">
        <p className="soft flush">{t("role.menuLead")}</p>
        <ProblemAlert error={save.error} />
        <ArrangementEditor<Draft>
          draft={draft} onChange={setDraft} restTitle={t("role.menuHidden")} labelOf={nameOf}
          noteOf={noteOf}
          renderChoice={(key, group) => (group === last
            ? <Button type="text" icon={<EyeOutlined />} aria-label={t("role.menuShow", { name: nameOf(key) })} disabled={last === 0} onClick={() => move(key, last - 1)} />
            : (
              <>
                <Button type="text" icon={<EditOutlined />} aria-label={t("role.menuRename", { name: nameOf(key) })} aria-expanded={renamed === key} onClick={() => setRenamed(renamed === key ? null : key)} />
                <Button type="text" icon={<EyeInvisibleOutlined />} aria-label={t("role.menuHide", { name: nameOf(key) })} onClick={() => move(key, last)} />
              </>
            ))}
          renderBelow={(key) => (renamed === key ? <NameFields entry={entryOf(key)} ownName={ownNameOf(key)} onChange={(names) => rename(key, names)} /> : null)}
        />
      </div>
    </Drawer>
  );
}

type Names = Required<Pick<MenuEntry, "name" | "nameEn">>;

/** What an entry is called for this role; left empty it is called as its page. */
function NameFields({ entry: { name = "", nameEn = "" }, ownName, onChange }: { entry: MenuEntry; ownName: string; onChange: (names: Names) => void }) {
  const { t } = useTranslation();
  return (
    <li className="row layout-head">
      <Input aria-label={t("role.menuName")} placeholder={ownName} maxLength={60} autoFocus value={name} onChange={(event) => onChange({ name: event.target.value, nameEn })} />
      <Input aria-label={t("model.nameEn")} placeholder={t("model.nameEn")} maxLength={60} value={nameEn} onChange={(event) => onChange({ name, nameEn: event.target.value })} />
    </li>
  );
}

const mayOpen = (role: Role, { page }: MenuEntry): boolean => { const { permission } = pages[page]; return permission === null || role.permissions.includes(permission); };

/** The role's menu, or what it is shown without one; at the end what else it may open. */
function draftOf(role: Role, objects: readonly string[], nameOf: (group: string) => string): Draft {
  const standard = standardMenu.map((group) => ({ name: nameOf(group.name), entries: group.pages.map((page): MenuEntry => ({ page })).filter((entry) => mayOpen(role, entry)) })).filter((group) => group.entries.length > 0);
  // What leads to an object that is gone is seen by nobody, and would be refused.
  const isThere = ({ object }: MenuEntry): boolean => object === undefined || objects.includes(object);
  const menu: Menu = role.menu?.map((group) => ({ ...group, entries: group.entries.filter(isThere) })) ?? standard;
  const shown = menu.flatMap((group) => group.entries);
  const others = [...standard.flatMap((group) => group.entries), ...objects.map((object): MenuEntry => ({ page: "records", object })).filter((entry) => mayOpen(role, entry))];
  const entries = new Map([...others, ...shown].map((entry) => [placeOf(entry), entry]));
  const named = new Set(shown.map(placeOf));
  return {
    entries,
    groups: [...menu.map((group) => ({ name: group.name, nameEn: group.nameEn ?? "", keys: group.entries.map(placeOf) })), { name: "", nameEn: "", keys: [...entries.keys()].filter((key) => !named.has(key)) }],
  };
}

const menuOf = ({ groups, entries }: Draft): Menu => groups.slice(0, -1).filter((group) => group.keys.length > 0)
  .map(({ name, nameEn, keys }) => ({ name, ...(nameEn.trim() ? { nameEn } : {}), entries: keys.flatMap((key) => entries.get(key) ?? []).map(named) }));

const named = ({ name = "", nameEn = "", ...entry }: MenuEntry): MenuEntry => ({ ...entry, ...(name.trim() ? { name: name.trim() } : {}), ...(nameEn.trim() ? { nameEn: nameEn.trim() } : {}) });
