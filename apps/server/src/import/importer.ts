import { mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Api } from "./api.ts";
import type { Arguments } from "./arguments.ts";
import { readTotals, sendMembers, sendProducts, type Tally } from "./books.ts";
import { readExpected } from "./expected.ts";
import { rowsOf } from "./file.ts";
import { draftInvoice, Invoices } from "./invoice.ts";
import { Lanes } from "./lanes.ts";
import { Load } from "./load.ts";
import { Progress } from "./progress.ts";
import { printReconciliation, reconcile, type Comparison } from "./reconciliation.ts";
import { instantOf } from "./row.ts";
import { Survey } from "./survey.ts";
import { wrongUse } from "./wrong-use.ts";

export interface ImportResult {
  rows: number;
  recorded: number;
  unchanged: number;
  refused: number;
  comparisons: Comparison[];
  /** Null where nothing is published beside the file. */
  matchesExpected: boolean | null;
  agrees: boolean;
}

/**
 * Reads the file twice: first to know it (how many rows each invoice has, customers, products, figures to reconcile with),
 * then to send it. Sent again, everything is unchanged.
 */
export async function importFile(settings: Arguments, target: { url: string; key: string }): Promise<ImportResult> {
  const { file, columns, zone, store } = settings;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw wrongUse(`There is no file ${file}`);
  const api = new Api(target);
  await api.greet();
  const survey = new Survey();
  for await (const row of rowsOf(file, columns)) survey.add(row);
  const { rows, invoices, customers, skus } = survey.figures();
  console.log(`读完 · read ${rows.toLocaleString("en")} 行 · rows, ${invoices.toLocaleString("en")} 单据 · invoices, ${customers.toLocaleString("en")} 顾客 · customers, ${skus.toLocaleString("en")} 货号 · products`);
  if (rows === 0) throw wrongUse("The file has no rows");
  say("顾客 · customers", await sendMembers(api, survey, { store, joinedAt: (at) => instantOf(at, zone) }));
  say("商品 · products", await sendProducts(api, survey));
  const load = await sendOrders(settings, api, survey);
  say("订单 · orders", load.outcomes);
  const server = await readTotals(api, survey.first, survey.last);
  const expected = readExpected(file);
  const comparisons = reconcile({ file: survey, load, server, expected });
  printReconciliation(comparisons);
  console.log(`\n  积分 · points: 发放 · earned ${server.points.earned.toLocaleString("en")}, 扣回 · taken back ${server.points.takenBack.toLocaleString("en")}`);
  const agrees = load.outcomes.refused === 0 && comparisons.every((one) => one.agrees);
  return { rows, ...load.outcomes, comparisons, agrees, matchesExpected: expected === null ? null : agrees };
}

async function sendOrders(settings: Arguments, api: Api, survey: Survey): Promise<Load> {
  mkdirSync(settings.listFolder, { recursive: true });
  const listFile = join(settings.listFolder, `${basename(settings.file).replace(/\.csv(\.gz)?$/, "")}-left-out.csv`);
  const load = new Load(survey, listFile);
  const progress = new Progress(survey.figures().rows);
  const lanes = new Lanes(api, (draft, outcome) => {
    load.settle(draft, outcome);
    progress.orders++;
  });
  try {
    const invoices = new Invoices(survey);
    for await (const row of rowsOf(settings.file, settings.columns)) {
      progress.rows++;
      const complete = invoices.add(row);
      if (!complete) continue;
      const { drafts, leftOut } = draftInvoice(complete, { ...settings, survey });
      for (const one of leftOut) load.leave(one);
      for (const draft of drafts) await lanes.add(draft);
    }
    await lanes.finish();
  } finally {
    progress.end();
    await load.finish();
  }
  if (load.reasons.size > 0) {
    console.log(`  不能入单的行 · rows that no order can hold (${listFile}):`);
    for (const [reason, count] of load.reasons) console.log(`    ${String(count).padStart(8)}  ${reason}`);
  }
  return load;
}

const say = (what: string, tally: Tally): void =>
  console.log(`  ${what}: ${Object.entries(tally).filter(([, count]) => count > 0).map(([outcome, count]) => `${count.toLocaleString("en")} ${outcome}`).join(", ") || "—"}`);
