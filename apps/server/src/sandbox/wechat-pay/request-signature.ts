import { createVerify } from "node:crypto";
import type { Account } from "./account.ts";
import { Refusal } from "./refusal.ts";

const SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
const MAX_SKEW_SECONDS = 300;

interface SignedRequest {
  method: string;
  target: string;
  authorization: string;
  body: Buffer;
}

/** Checks what the merchant signed as the real service does. Written apart from the client, so that one error cannot hide another. */
export function verifyRequest(request: SignedRequest, account: Account, now: Date): void {
  if (!request.authorization.startsWith(SCHEME)) throw signError("Authorization 不存在或认证类型不正确");
  const fields = new Map([...request.authorization.slice(SCHEME.length).matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]));
  const { merchantId, certificateSerial } = account.merchant;
  if (fields.get("mchid") !== merchantId) throw signError("商户号不存在");
  if (fields.get("serial_no") !== certificateSerial) throw signError("商户证书序列号有误");
  const timestamp = Number(fields.get("timestamp"));
  if (!(Math.abs(now.getTime() / 1000 - timestamp) <= MAX_SKEW_SECONDS)) throw signError("HTTP 头 Authorization 的时间戳与发起请求的时间相差超过五分钟");
  const nonce = fields.get("nonce_str") ?? "";
  if (nonce === "" || nonce.length > 32) throw signError("请求随机串有误");
  const verifier = createVerify("RSA-SHA256");
  verifier.update(`${request.method}\n${request.target}\n${timestamp}\n${nonce}\n`).update(request.body).update("\n");
  const isGenuine = verifier.verify(account.merchantPublicKey, fields.get("signature") ?? "", "base64");
  if (!isGenuine) throw signError("错误的签名，验签失败");
}

function signError(message: string): Refusal {
  return new Refusal(401, "SIGN_ERROR", message);
}
