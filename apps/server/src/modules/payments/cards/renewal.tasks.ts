import type { Database } from "../../../kernel/db/database.ts";
import type { Task } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { closeUnpaid } from "../payment.ending.ts";
import { acceptTransaction } from "../payment.settling.ts";
import { payClient } from "../merchant-account.ts";
import { notifyUrl, type PayingWorld } from "../parts.ts";
import { WechatPayError } from "../wechat-pay/index.ts";
import { CONTRACT_TASK, DEDUCT_TASK, END_CONTRACT_TASK, NOTICE_TASK } from "./renewal.names.ts";
import { endRenewal } from "./renewal.state.ts";
import { acceptContract, failRenewal } from "./renewal.ts";

/** Whoever has not agreed within a day has to begin again. */
const SIGN_WITHIN_MS = 86_400_000;

interface Row {
  id: string;
  contract_code: string;
  contract_id: string | null;
  state: "signing" | "active" | "ended";
  price_fen: number;
  card_id: string;
  at: Date;
  card_name: string;
  merchant_id: string | null;
}

async function findRenewal({ tx, tenantId }: Scope, id: string): Promise<Row | undefined> {
  const [row] = await tx.rows<Row>(
    `select r.id, r.contract_code, r.contract_id, r.state, r.price_fen, r.card_id, r.at, r.merchant_id, c.name as card_name from payments.renewal r
       join payments.card c on c.tenant_id = $1 and c.id = r.card_id where r.tenant_id = $1 and r.id = $2`, [tenantId, id]);
  return row;
}

const entryOf = (tenantId: string, name: string) => ({ tenantId, actor: { kind: "system", name } }) as const;

/** What calls WeChat for renewals, retried by the queue. */
export const renewalTasks = (outside: PayingWorld): Task[] => [
  { name: CONTRACT_TASK, run: (data, database) => askContract(outside, database, String(data["tenantId"]), String(data["renewalId"])) },
  { name: NOTICE_TASK, run: (data, database) => tellWechat(outside, database, String(data["tenantId"]), String(data["renewalId"])) },
  { name: DEDUCT_TASK, run: (data, database) => deduct(outside, database, { tenantId: String(data["tenantId"]), renewalId: String(data["renewalId"]), paymentId: String(data["paymentId"]) }) },
  { name: END_CONTRACT_TASK, run: (data, database) => endContract(outside, database, String(data["tenantId"]), String(data["renewalId"])) },
];

async function askContract(outside: PayingWorld, database: Database, tenantId: string, renewalId: string): Promise<void> {
  const entry = entryOf(tenantId, CONTRACT_TASK);
  const renewal = await database.inScope(entry, (scope) => findRenewal(scope, renewalId));
  if (!renewal || renewal.state === "ended") return;
  const contract = await (await payClient(outside, database, tenantId, renewal.merchant_id)).findContract(renewal.contract_code);
  await database.inScope(entry, async (scope) => {
    if (contract) await acceptContract(scope, contract);
    const isOverdue = scope.now.getTime() - renewal.at.getTime() > SIGN_WITHIN_MS;
    if (isOverdue && renewal.state === "signing" && contract?.state !== "signed") await endRenewal(scope, renewal.card_id, "not-signed", false);
  });
}

/** WeChat takes money only from somebody whom it has told a day before. */
async function tellWechat(outside: PayingWorld, database: Database, tenantId: string, renewalId: string): Promise<void> {
  const renewal = await database.inScope(entryOf(tenantId, NOTICE_TASK), (scope) => findRenewal(scope, renewalId));
  if (renewal?.state === "active" && renewal.contract_id) await (await payClient(outside, database, tenantId, renewal.merchant_id)).announceDeduction(renewal.contract_id, renewal.price_fen);
}

/**
 * Asks WeChat to take a period's price, after asking how it stands: the notification of an earlier call may be lost. What WeChat
 * refuses is a failed try.
 */
async function deduct(outside: PayingWorld, database: Database, { tenantId, renewalId, paymentId }: { tenantId: string; renewalId: string; paymentId: string }): Promise<void> {
  const entry = entryOf(tenantId, DEDUCT_TASK);
  const found = await database.inScope(entry, async (scope) => {
    const [payment] = await scope.tx.rows<{ out_trade_no: string; amount_fen: number; state: string }>(
      "select out_trade_no, amount_fen, state from payments.payment where tenant_id = $1 and id = $2", [tenantId, paymentId]);
    return { renewal: await findRenewal(scope, renewalId), payment };
  });
  const { renewal, payment } = found;
  if (!renewal?.contract_id || !payment || payment.state !== "created") return;
  const pay = await payClient(outside, database, tenantId, renewal.merchant_id);
  const known = await pay.findDeduction(payment.out_trade_no);
  const fail = (error: string) => database.inScope(entry, async (scope) => {
    await failRenewal(scope, renewalId, error);
    await closeUnpaid(scope, paymentId);
  });
  if (known?.state === "SUCCESS") {
    await database.inScope(entry, (scope) => acceptTransaction(scope, known));
    return;
  }
  if (known && (known.state === "CLOSED" || known.state === "PAYERROR")) return fail(known.state);
  if (known) return;
  const tenant = await database.tenants.get(tenantId);
  try {
    await pay.deduct({
      contractId: renewal.contract_id, outTradeNo: payment.out_trade_no, amountFen: payment.amount_fen, description: `${tenant.name} ${renewal.card_name} 自动续费`,
      notifyUrl: notifyUrl(outside, tenant.code),
    });
  } catch (error) {
    if (!(error instanceof WechatPayError) || error.outcome === "unknown" || error.retryable) throw error;
    return fail(`${error.code} ${error.message}`);
  }
  const transaction = await pay.findDeduction(payment.out_trade_no);
  if (transaction?.state === "SUCCESS") await database.inScope(entry, (scope) => acceptTransaction(scope, transaction));
}

async function endContract(outside: PayingWorld, database: Database, tenantId: string, renewalId: string): Promise<void> {
  const renewal = await database.inScope(entryOf(tenantId, END_CONTRACT_TASK), (scope) => findRenewal(scope, renewalId));
  if (renewal?.contract_id) await (await payClient(outside, database, tenantId, renewal.merchant_id)).endContract(renewal.contract_code);
}
