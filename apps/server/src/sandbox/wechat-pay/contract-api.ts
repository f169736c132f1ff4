import type { ApiContext, ApiRequest } from "./api.ts";
import { Refusal } from "./refusal.ts";
import { announceShape, contractShape, deductShape, readShape, terminateShape } from "./request-shape.ts";
import { contractWire, transactionWire } from "./wire.ts";

/** Answers a call under /v3/papay/: agreements, notices, deductions. */
export function answerContractCall(request: ApiRequest, context: ApiContext): object | null {
  const route = `${request.method} ${request.url.pathname}`;
  const scene = /^POST \/v3\/papay\/scheduled-deduct-sign\/contracts\/pre-entrust-sign\/(h5|mini-program)$/.exec(route)?.[1];
  if (scene) return openContract(request, context, scene === "mini-program");
  if (route === "POST /v3/papay/pay/transactions/apply") return deduct(request, context);
  const contract = /^(GET|POST) \/v3\/papay\/sign\/contracts\/plan-id\/\d+\/out-contract-code\/([^/]+?)(\/terminate)?$/.exec(route);
  if (contract) return existingContract(request, context, decodeURIComponent(contract[2] ?? ""), contract[3] !== undefined);
  const notice = /^POST \/v3\/papay\/contracts\/([^/]+)\/notify$/.exec(route);
  if (notice) {
    assertOurs(readShape(announceShape, request.body).mchid, context);
    context.contracts.announce(decodeURIComponent(notice[1] ?? ""));
    return null;
  }
  const deduction = /^GET \/v3\/papay\/pay\/transactions\/out-trade-no\/([^/]+)$/.exec(route);
  if (deduction) return transactionWire(context.transactions.get(decodeURIComponent(deduction[1] ?? "")), context.account.merchant);
  throw new Refusal(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在");
}

/** A browser is told an address; a mini program where to go and what to take along. */
function openContract(request: ApiRequest, context: ApiContext, isMini: boolean): object {
  const wire = readShape(contractShape, request.body);
  const contract = context.contracts.open({
    contractCode: wire.out_contract_code, planId: wire.plan_id, displayAccount: wire.contract_display_account, notifyUrl: wire.contract_notify_url,
  });
  if (isMini && !wire.openid) throw new Refusal(400, "PARAM_ERROR", "缺少用户标识", "/openid");
  return isMini ? { pre_entrustweb_id: contract.contractCode, redirect_appid: "wxbd687630cd02ce1d", redirect_path: "pages/PwdExemptContract/index" }
    : { redirect_url: context.signPage(contract.contractCode) };
}

function existingContract(request: ApiRequest, context: ApiContext, code: string, isEnding: boolean): object | null {
  if (!isEnding) return contractWire(context.contracts.get(code), context.account.merchant.merchantId);
  readShape(terminateShape, request.body);
  context.contracts.terminate(code);
  return null;
}

/** Taken at once here; the real service takes it within a day. */
function deduct(request: ApiRequest, context: ApiContext): null {
  const wire = readShape(deductShape, request.body);
  assertOurs(wire.mchid, context);
  context.contracts.assertDeductible(wire.contract_id);
  context.transactions.open({
    outTradeNo: wire.out_trade_no, tradeType: "PAP", description: wire.description, totalFen: wire.amount.total, notifyUrl: wire.notify_url, attach: null, expiresAt: null, openid: null,
  });
  context.pay(wire.out_trade_no);
  return null;
}

function assertOurs(mchid: string, { account }: ApiContext): void {
  if (mchid !== account.merchant.merchantId) throw new Refusal(400, "PARAM_ERROR", "商户号不符", "/mchid");
}
