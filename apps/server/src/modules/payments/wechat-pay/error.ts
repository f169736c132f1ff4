/**
 * What a failed call means for the money: `refused` nothing happened; `unknown` it may have happened, so the caller must
 * query (or reverse, or repeat with the same number) before telling anyone that it failed.
 */
export type Outcome = "refused" | "unknown";

interface Failure {
  code: string;
  message: string;
  status: number;
  outcome: Outcome;
  retryable: boolean;
  requestId?: string | undefined;
  field?: string | undefined;
  cause?: unknown;
}

export class WechatPayError extends Error {
  readonly code: string;
  readonly status: number;
  readonly outcome: Outcome;
  /** The same call, unchanged, may succeed later. */
  readonly retryable: boolean;
  /** WeChat's Request-ID; their support asks for it first. */
  readonly requestId: string | undefined;
  readonly field: string | undefined;

  constructor(failure: Failure) {
    super(failure.message, { cause: failure.cause });
    this.name = "WechatPayError";
    this.code = failure.code;
    this.status = failure.status;
    this.outcome = failure.outcome;
    this.retryable = failure.retryable;
    this.requestId = failure.requestId;
    this.field = failure.field;
  }
}

/**
 * The same fact has several spellings, by endpoint and by year of the documentation. NOT_ENOUGH stays apart from
 * NOTENOUGH on purpose: the first is the merchant's balance at a refund, the second the guest's at a payment.
 */
const SPELLINGS: Readonly<Record<string, string>> = {
  SYSTEMERROR: "SYSTEM_ERROR",
  BANKERROR: "BANK_ERROR",
  SIGNERROR: "SIGN_ERROR",
  ORDERNOTEXIST: "ORDER_NOT_EXIST",
  ORDERCLOSED: "ORDER_CLOSED",
  ORDER_PAID: "ORDERPAID",
  USER_PAYING: "USERPAYING",
  RATELIMIT_EXCEEDED: "FREQUENCY_LIMITED",
  FREQUENCY_LIMIT_EXCEED: "FREQUENCY_LIMITED",
  AUTHCODEEXPIRE: "AUTH_CODE_EXPIRED",
  AUTH_CODE_EXPIRE: "AUTH_CODE_EXPIRED",
};

const RETRYABLE = new Set(["SYSTEM_ERROR", "BANK_ERROR", "FREQUENCY_LIMITED"]);
/** WeChat could not say how it ended. Being limited is not here: such a call was never looked at. */
const UNDECIDED = new Set(["SYSTEM_ERROR", "BANK_ERROR", "USERPAYING"]);

interface ErrorBody {
  code?: unknown;
  message?: unknown;
  detail?: { field?: unknown };
}

/** Reads an error answer of WeChat Pay; a gateway in between may have answered with anything, or nothing. */
export function errorFromResponse(status: number, body: string, requestId?: string): WechatPayError {
  const parsed = parseErrorBody(body);
  const spelled = typeof parsed.code === "string" ? parsed.code : `HTTP_${status}`;
  const code = SPELLINGS[spelled] ?? spelled;
  return new WechatPayError({
    code,
    message: typeof parsed.message === "string" ? parsed.message : `微信支付返回 HTTP ${status}`,
    status,
    outcome: status >= 500 || UNDECIDED.has(code) ? "unknown" : "refused",
    retryable: status >= 500 || status === 429 || RETRYABLE.has(code),
    requestId,
    field: typeof parsed.detail?.field === "string" ? parsed.detail.field : undefined,
  });
}

function parseErrorBody(body: string): ErrorBody {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The connection failed, or WeChat did not answer in time: nobody knows whether the request arrived. */
export function unreachable(cause: unknown): WechatPayError {
  const isTimeout = cause instanceof Error && cause.name === "TimeoutError";
  return new WechatPayError({
    code: isTimeout ? "TIMEOUT" : "UNREACHABLE",
    message: isTimeout ? "微信支付没有在时限内应答" : "连不上微信支付",
    status: 0,
    outcome: "unknown",
    retryable: true,
    cause,
  });
}

/** The message is not provably from WeChat Pay, or is not what WeChat Pay documents. Believe nothing in it. */
export function untrusted(code: "SIGNATURE_INVALID" | "SERIAL_UNKNOWN" | "CLOCK_SKEW" | "SEAL_BROKEN" | "MALFORMED" | "OTHER_MERCHANT", message: string, cause?: unknown): WechatPayError {
  return new WechatPayError({ code, message, status: 401, outcome: "unknown", retryable: false, cause });
}

/** Refused here, before anything went out. */
export function invalidParameter(field: string, message: string): WechatPayError {
  return new WechatPayError({ code: "PARAM_ERROR", message, status: 400, outcome: "refused", retryable: false, field });
}
