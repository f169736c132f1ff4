import { sentence, type Offer } from "@shuke/offers";
import type { z } from "zod";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { staffNames } from "../org/index.ts";
import type { offerVersion } from "./offer.schema.ts";
import { changesBetween, type Stated } from "./version-change.ts";

type VersionReply = z.input<typeof offerVersion>;

interface Published {
  id: string;
  name: string;
  priority: number;
  state: string;
  version: number;
  definition: Offer;
}

/** Keeps an offer as it is now in force, under its number. */
export async function recordVersion(scope: Scope, row: Published, { ruleVersion, note }: { ruleVersion: number | null; note: string | null }): Promise<void> {
  const { id, name, priority, state, version, definition } = row;
  await scope.tx.db.insertInto("promotions.offer_version").values({
    offer_id: id, version, name, priority, state, definition: JSON.stringify(definition), rule_version: ruleVersion, note, at: scope.now, by_actor: actorRef(scope.actor),
  }).execute();
}

interface VersionRow {
  version: number;
  name: string;
  priority: number;
  state: string;
  definition: Offer;
  rule_version: number | null;
  note: string | null;
  at: Date;
  by_actor: string;
}

const COLUMNS = "version, name, priority, state, definition, rule_version, note, at, by_actor";

/** Throws `notFound`. */
export async function getVersion(scope: Scope, offerId: string, version: number): Promise<VersionRow> {
  const [row] = await scope.tx.rows<VersionRow>(
    `select ${COLUMNS} from promotions.offer_version where tenant_id = $1 and offer_id = $2 and version = $3`, [scope.tenantId, offerId, version]);
  if (!row) throw notFound({ detail: `No version ${version}` });
  return row;
}

/** What an offer has been, the latest first, each with what it changed. */
export async function listVersions(scope: Scope, offerId: string, query: { limit: number; cursor?: string | undefined }) {
  const before = decodeCursor(query.cursor, 1);
  const [known] = await scope.tx.rows("select 1 from promotions.offer where tenant_id = $1 and id = $2", [scope.tenantId, offerId]);
  if (!known) throw notFound({ detail: "No such offer" });
  // One more than a page says whether there is another, and is what the page's last one is compared with.
  const rows = await scope.tx.rows<VersionRow>(
    `select ${COLUMNS} from promotions.offer_version where tenant_id = $1 and offer_id = $2 and ($3::int is null or version < $3) order by version desc limit $4`,
    [scope.tenantId, offerId, before?.[0] ?? null, query.limit + 1]);
  const names = await staffNames(scope, rows.map((row) => row.by_actor));
  return pageFrom(rows, query.limit, (row): VersionReply => view(row, rows[rows.indexOf(row) + 1], names), (row) => [row.version]);
}

function view(row: VersionRow, before: VersionRow | undefined, names: ReadonlyMap<string, string>): VersionReply {
  const { id: _, name: __, priority: ___, ...definition } = row.definition;
  return {
    version: row.version, name: row.name, priority: row.priority, state: row.state, definition, sentence: sentence(row.definition, "zh-CN"), sentenceEn: sentence(row.definition, "en"),
    ruleVersion: row.rule_version, note: row.note, at: row.at.toISOString(), by: row.by_actor, byName: names.get(row.by_actor) ?? null,
    changes: changesBetween(before && stated(before), stated(row)),
  };
}

const stated = ({ name, priority, state, definition }: VersionRow): Stated => ({ definition, beside: { name, priority, state } });
