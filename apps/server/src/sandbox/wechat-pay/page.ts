import type { SandboxContract } from "./contract-book.ts";
import type { SandboxTransaction } from "./transaction-book.ts";

const STATES = { NOTPAY: "待支付", USERPAYING: "等待输入密码", SUCCESS: "支付成功", REFUND: "已退款", CLOSED: "已关闭", REVOKED: "已撤销" };

/** The guest's phone, for a person in development: one order with its 支付 button. */
export function payPage(transaction: SandboxTransaction): string {
  const isOpen = transaction.state === "NOTPAY" || transaction.state === "USERPAYING";
  const button = `<form method="post" action="/pay"><input type="hidden" name="prepay_id" value="${escape(transaction.prepayId)}">
<button name="do" value="pay" autofocus>支付</button></form>`;
  return page(
    "微信支付 · 沙箱",
    `<p class="what">${escape(transaction.description)}</p>
<p class="sum">¥${yuan(transaction.totalFen)}</p>
<p class="state" role="status">${STATES[transaction.state]}</p>
${isOpen ? button : ""}
<p class="note">这是开发用的沙箱，不会动用任何真实的钱。<br>Sandbox for development: no real money moves.<br>订单号 ${escape(transaction.outTradeNo)}</p>`,
  );
}

const CONTRACT_STATES = { SIGNING: "待签约", SIGNED: "已签约", TERMINATED: "已解约" };

/** The guest's phone: an agreement that money may be taken. */
export function contractPage(contract: SandboxContract): string {
  const act = (what: string, label: string) =>
    `<form method="post" action="/contract"><input type="hidden" name="code" value="${escape(contract.contractCode)}"><button name="do" value="${what}">${label}</button></form>`;
  return page(
    "微信支付 · 沙箱",
    `<p class="what">${escape(contract.displayAccount)} · 自动续费</p>
<p class="state" role="status">${CONTRACT_STATES[contract.state]}${contract.isEmpty ? " · 余额不足" : ""}</p>
${contract.state === "SIGNING" ? act("sign", "同意并开通") : ""}
${contract.state === "SIGNED" ? act("purse", contract.isEmpty ? "钱包充值" : "清空钱包（下次扣款失败）") : ""}
<p class="note">这是开发用的沙箱，不会动用任何真实的钱。<br>Sandbox for development: no real money moves.</p>`,
  );
}

/** Orders that wait for a guest: also the way to a code payment whose guest has to type a password. */
export function openOrdersPage(transactions: readonly SandboxTransaction[]): string {
  const items = transactions.map(
    (order) => `<li><a href="/pay?prepay_id=${encodeURIComponent(order.prepayId)}">${escape(order.description)}</a> ¥${yuan(order.totalFen)} · ${STATES[order.state]}</li>`,
  );
  return page("微信支付 · 沙箱", items.length > 0 ? `<h1>等待支付的订单</h1><ul>${items.join("\n")}</ul>` : "<p>没有等待支付的订单。</p>");
}

export function messagePage(message: string): string {
  return page("微信支付 · 沙箱", `<p role="alert">${escape(message)}</p><p><a href="/">等待支付的订单</a></p>`);
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 24rem; margin: 3rem auto; padding: 0 1rem; color: #1a1a1a; text-align: center }
.sum { font-size: 2.5rem; font-weight: 600; margin: .5rem 0 } .note { color: #595959; font-size: .8rem; margin-top: 3rem }
button { font: inherit; width: 100%; padding: .8rem; border: 0; border-radius: .5rem; background: #067a3e; color: #fff; cursor: pointer }
ul { text-align: left; padding: 0; list-style: none } li { padding: .6rem 0; border-bottom: 1px solid #ddd }
</style></head><body><main>${content}</main></body></html>`;
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
