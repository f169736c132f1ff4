/** Things in named groups while somebody works on their order: the last group has no name and holds what is in none. */
export interface Arrangement {
  groups: { name: string; nameEn: string; keys: string[] }[];
}

/** Puts one before another of any group, or at a group's end. */
export function placed<A extends Arrangement>(draft: A, key: string, to: { group: number; before: string | null }): A {
  if (to.before === key) return draft;
  const groups = draft.groups.map((group, at) => {
    const keys = group.keys.filter((one) => one !== key);
    if (at !== to.group) return { ...group, keys };
    const index = to.before === null ? keys.length : keys.indexOf(to.before);
    return { ...group, keys: keys.toSpliced(index < 0 ? keys.length : index, 0, key) };
  });
  return { ...draft, groups };
}

/** One step up or down; beyond the edge of a group lies the next one. */
export function stepped<A extends Arrangement>(draft: A, key: string, by: 1 | -1): A {
  const group = draft.groups.findIndex((one) => one.keys.includes(key));
  const keys = draft.groups[group]?.keys ?? [];
  const next = keys.indexOf(key) + by;
  if (next >= 0 && next < keys.length) return placed(draft, key, { group, before: (by === 1 ? keys[next + 1] : keys[next]) ?? null });
  const beside = group + by;
  if (beside < 0 || beside >= draft.groups.length) return draft;
  return placed(draft, key, { group: beside, before: by === 1 ? (draft.groups[beside]?.keys[0] ?? null) : null });
}

/** Without a group, whose members go to those that are in none. */
export function withoutGroup<A extends Arrangement>(draft: A, at: number): A {
  const freed = draft.groups[at]?.keys ?? [];
  const groups = draft.groups.filter((_group, index) => index !== at);
  return { ...draft, groups: groups.map((group, index) => (index === groups.length - 1 ? { ...group, keys: [...freed, ...group.keys] } : group)) };
}

export const withGroup = <A extends Arrangement>(draft: A): A => ({ ...draft, groups: [...draft.groups.slice(0, -1), { name: "", nameEn: "", keys: [] }, ...draft.groups.slice(-1)] });

/** Whether every group that holds something can be told by its name. */
export const isNamed = ({ groups }: Arrangement): boolean => groups.slice(0, -1).every((group) => group.name.trim() !== "");
