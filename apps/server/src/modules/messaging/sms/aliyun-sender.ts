import { z } from "zod";
import { aliyunAuthorization, canonicalQuery, sha256 } from "./aliyun-signature.ts";
import { assertPhone, type Sms, SmsError, type SmsSender } from "./sms.ts";

export interface AliyunSmsAccount {
  accessKeyId: string;
  accessKeySecret: string;
  /** 短信签名: the brand's name as approved, without 【】. */
  signName: string;
  /** https://dysmsapi.aliyuncs.com unless a sandbox stands in. */
  baseUrl?: string;
  timeoutMs?: number;
}

export interface Outside {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => Date;
  randomBytes: (size: number) => Uint8Array;
}

const API_URL = "https://dysmsapi.aliyuncs.com";
const TIMEOUT_MS = 5_000;

const answerWire = z.object({ Code: z.string(), Message: z.string().optional(), BizId: z.string().optional() });

/** Aliyun's SMS service by its HTTP protocol: one signed call does not need their SDK and what comes with it. */
export function createAliyunSmsSender(account: AliyunSmsAccount, outside: Outside): SmsSender {
  const url = new URL(account.baseUrl ?? API_URL);
  return {
    async send(sms) {
      assertPhone(sms.phone);
      const query = queryOf(sms, account.signName);
      const bodyDigest = sha256("");
      const headers = {
        host: url.host,
        "x-acs-action": "SendSms",
        "x-acs-version": "2017-05-25",
        "x-acs-date": `${outside.now().toISOString().slice(0, 19)}Z`,
        "x-acs-signature-nonce": Buffer.from(outside.randomBytes(16)).toString("hex"),
        "x-acs-content-sha256": bodyDigest,
      };
      const key = { id: account.accessKeyId, secret: account.accessKeySecret };
      const authorization = aliyunAuthorization({ method: "POST", path: "/", query, headers, bodyDigest }, key);
      const { host: _, ...sent } = headers;
      const answer = await outside
        .fetch(`${url.origin}/?${canonicalQuery(query)}`, {
          method: "POST",
          headers: { ...sent, authorization, accept: "application/json" },
          redirect: "error",
          signal: AbortSignal.timeout(account.timeoutMs ?? TIMEOUT_MS),
        })
        .then(async (response) => ({ status: response.status, text: await response.text() }))
        .catch((cause: unknown) => {
          throw new SmsError({ code: "UNREACHABLE", message: "连不上短信服务", retryable: true, cause });
        });
      return { providerId: providerIdOf(answer) };
    },
  };
}

/** Mainland numbers go without the country's code, others with it and without the plus. */
function queryOf(sms: Sms, signName: string): Record<string, string> {
  return {
    PhoneNumbers: sms.phone.startsWith("+86") ? sms.phone.slice(3) : sms.phone.slice(1),
    SignName: signName,
    TemplateCode: sms.template,
    TemplateParam: JSON.stringify(sms.params),
    ...(sms.reference && { OutId: sms.reference }),
  };
}

function providerIdOf({ status, text }: { status: number; text: string }): string {
  const answer = parse(text);
  if (status === 200 && answer?.Code === "OK") return answer.BizId ?? "";
  const providerCode = answer?.Code ?? `HTTP_${status}`;
  const { code, retryable } = failureOf(providerCode, status);
  throw new SmsError({ code, retryable, providerCode, message: answer?.Message ?? `短信服务返回 HTTP ${status}` });
}

const CODES: Readonly<Record<string, string>> = {
  "isv.BUSINESS_LIMIT_CONTROL": "LIMITED",
  "isv.DAY_LIMIT_CONTROL": "LIMITED",
  "isv.MONTH_LIMIT_CONTROL": "LIMITED",
  "isv.MOBILE_NUMBER_ILLEGAL": "PHONE_INVALID",
  "isv.AMOUNT_NOT_ENOUGH": "OUT_OF_MONEY",
  "isv.OUT_OF_SERVICE": "OUT_OF_MONEY",
};

function failureOf(providerCode: string, status: number): { code: string; retryable: boolean } {
  const known = CODES[providerCode];
  // A limit counts per phone and hour or day: trying again at once only uses up the next one.
  if (known) return { code: known, retryable: false };
  if (providerCode.startsWith("Throttling")) return { code: "LIMITED", retryable: true };
  if (providerCode.startsWith("isp.") || status >= 500) return { code: "PROVIDER_FAILED", retryable: true };
  if (status === 401 || status === 403 || /^(Signature|InvalidAccessKeyId|InvalidTimeStamp|IncompleteSignature)/.test(providerCode)) {
    return { code: "UNAUTHORIZED", retryable: false };
  }
  return { code: "REJECTED", retryable: false };
}

function parse(text: string): z.infer<typeof answerWire> | undefined {
  try {
    return answerWire.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
