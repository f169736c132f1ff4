import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mergeSteps } from "../../../app.ts";
import { ROWS } from "./profile.ts";

/** Columns that name a member and do not follow by themselves, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "customers.code_use.member_id": "gone within a minute", "customers.member_tag.member_id": "copied", "customers.consent.member_id": "the stricter is said anew",
  "customers.data_copy.member_id": "a copy of what was", "customers.deletion.member_id": "stands in the way", "customers.match_card.member_id": "of the members who are left",
  "customers.member_address.member_id": "fills in where there is none", "ledger.account.holder_id": "its lots move", "ledger.lot.origin_holder_id": "who earned it stays who earned it",
  "loyalty.life_stage.member_id": "where both lives lead", "loyalty.life_stage_change.member_id": "who it was then",
  "loyalty.mall_allowance.member_id": "counted again", "loyalty.points_counter.holder_id": "added up", "loyalty.points_transfer.from_member_id": "who it was then", "loyalty.points_transfer.to_member_id": "who it was then",
  "loyalty.standing.member_id": "added up", "loyalty.tier_change.member_id": "who it was then", "loyalty.tier_grant.member_id": "where the tier goes", "payments.freeze.member_id": "stands in the way",
  "payments.transfer.from_member_id": "who it was then", "payments.transfer.to_member_id": "who it was then", "promotions.coupon_allowance.member_id": "added up",
};

/** From the schema on one page, which is generated from the catalogue. */
function namingMembers(): string[] {
  const folder = new URL("../../../../schema/", import.meta.url);
  return readdirSync(folder).flatMap((file) => {
    let table = "";
    return readFileSync(new URL(file, folder), "utf8").split("\n").flatMap((line) => {
      if (/^[a-z]/.test(line)) table = line.trim();
      const column = /^ {2}(\w*(?:member|holder|payer|host)_id) uuid/.exec(line)?.[1];
      return column ? [`${table}.${column}`] : [];
    });
  });
}

test("every column that names a member follows in a merge, or says why not", () => {
  const following = new Set([...ROWS, ...mergeSteps.flatMap((step) => step.rows ?? [])].map(({ table, column }) => `${table.replaceAll('"', "")}.${column}`));
  const columns = namingMembers();
  expect(columns.length).toBeGreaterThan(30);
  expect(columns.filter((column) => !following.has(column) && !(column in OTHERWISE))).toEqual([]);
  expect([...following, ...Object.keys(OTHERWISE)].filter((column) => !columns.includes(column))).toEqual([]);
});
