import { visibleStores, type Scope } from "../../kernel/scope.ts";
import type { Definition } from "./definition.ts";
import type { Write } from "./table.ts";

/** Which rows of a core noun its own list shows the caller: for its module to say. */
export type NounReach = Readonly<Record<string, (scope: Scope, storeId: string | undefined) => Write>>;

/** A number that a core noun's rows have by themselves, as SQL over a row `r` of the table with its own fields. */
export interface NounMeasure {
  column: string;
  join?: string;
}

/** What the modules of core nouns say of them: whom a caller sees, and by camelCase names what can be added up. */
export interface Nouns {
  reach: NounReach;
  measures: Readonly<Record<string, Readonly<Record<string, NounMeasure>>>>;
}

/** The rows that the object's list shows the caller, those of one store where it is named. */
export function reachOf(scope: Scope, { id, table, key }: Definition, reach: NounReach, storeId?: string): Write {
  const ofNoun = reach[key];
  if (ofNoun) return ofNoun(scope, storeId);
  if (!table.isOwn) throw new Error(`Nobody says which ${key}s a caller sees`);
  const stores = visibleStores(scope.actor);
  return (bind, alias) => [
    `${alias}.object_id = ${bind(id)}`, ...(stores ? [`(${alias}.store_id is null or ${alias}.store_id = any(${bind(stores)}::uuid[]))`] : []), ...(storeId ? [`${alias}.store_id = ${bind(storeId)}`] : []),
  ].join(" and ");
}
