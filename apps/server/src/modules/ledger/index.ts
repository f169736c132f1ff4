export { accountKey, balancesOf, spendable, type Account, type AccountKey, type Balances, type Lot, type LotAmount } from "./account.ts";
export { accountFrozen, insufficientBalance, Journal, type Cause, type Credit } from "./journal.ts";
export { listStatement, readAccounts, readBalances, type StatementEntry } from "./statement.view.ts";
export { expireLots, schedules } from "./expiry.ts";
