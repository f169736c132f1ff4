export { accountKey, balancesOf, spendable, type Account, type AccountKey, type Balances, type Lot, type LotAmount } from "./account.ts";
export type { Cause } from "./change.ts";
export { accountFrozen, insufficientBalance, Journal } from "./journal.ts";
export { mergeStep } from "./merge.ts";
export { listMoves, type LotMove } from "./lot.view.ts";
export { listStatement, listStatementMonths, readAccounts, readBalances, type Span } from "./statement.view.ts";
export { schedules, tasks } from "./expiry.ts";
