import type { ConsoleSchemas } from "@shuke/api";

export type Option = ConsoleSchemas["FieldOption"];

/** What becomes of an option; `was` is what it is called now. */
export interface OptionChange {
  kind: "added" | "removed" | "renamed" | "retired" | "restored" | "coloured";
  option: Option;
  was?: Option;
}

/** What happens to a field's options, one by one, and their order where those that stay change places. */
export function optionChanges(before: readonly Option[], after: readonly Option[]): { changes: OptionChange[]; order: Option[] | null } {
  const was = new Map(before.map((option) => [option.key, option]));
  const stays = new Set(after.map((option) => option.key));
  const changes = [
    ...after.flatMap((option): OptionChange[] => { const old = was.get(option.key); return old ? changed(old, option) : [{ kind: "added", option }]; }),
    ...before.filter((option) => !stays.has(option.key)).map((option): OptionChange => ({ kind: "removed", option })),
  ];
  const kept = (options: readonly Option[]): string => options.filter((option) => was.has(option.key) && stays.has(option.key)).map((option) => option.key).join(" ");
  return { changes, order: kept(before) === kept(after) ? null : [...after] };
}

function changed(was: Option, option: Option): OptionChange[] {
  const [retires, retired] = [option.isRetired ?? false, was.isRetired ?? false];
  return [
    ...(was.name !== option.name || (was.nameEn ?? "") !== (option.nameEn ?? "") ? [{ kind: "renamed", option, was } as const] : []),
    ...(retires === retired ? [] : [{ kind: retires ? "retired" : "restored", option } as const]),
    ...(was.color === option.color ? [] : [{ kind: "coloured", option, was } as const]),
  ];
}
