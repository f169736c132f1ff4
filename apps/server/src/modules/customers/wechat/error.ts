interface Failure {
  code: string;
  message: string;
  retryable: boolean;
  cause?: unknown;
}

/** WeChat did not vouch for this guest. `code` is ours, stable; WeChat's number is in the message. */
export class WechatError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(failure: Failure) {
    super(failure.message, { cause: failure.cause });
    this.name = "WechatError";
    this.code = failure.code;
    this.retryable = failure.retryable;
  }
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html */
const CODES: Readonly<Record<number, Omit<Failure, "cause">>> = {
  [-1]: { code: "BUSY", message: "微信系统繁忙，请稍后再试", retryable: true },
  40001: { code: "TOKEN_INVALID", message: "access_token 已失效", retryable: true },
  40013: { code: "APP_INVALID", message: "小程序 AppID 不正确", retryable: false },
  40029: { code: "CODE_INVALID", message: "微信登录凭证无效或已过期，请重新进入小程序", retryable: false },
  40125: { code: "SECRET_INVALID", message: "小程序密钥不正确", retryable: false },
  40163: { code: "CODE_USED", message: "微信登录凭证已被使用，请重新进入小程序", retryable: false },
  40226: { code: "GUEST_BLOCKED", message: "微信判定该用户风险较高，已拦截登录", retryable: false },
  42001: { code: "TOKEN_INVALID", message: "access_token 已过期", retryable: true },
  45011: { code: "TOO_FREQUENT", message: "登录过于频繁，请一分钟后再试", retryable: true },
};

export function errorFromCode(errcode: number, errmsg: string): WechatError {
  return new WechatError(CODES[errcode] ?? { code: `WECHAT_${errcode}`, message: `微信返回错误 ${errcode}：${errmsg}`, retryable: false });
}

export function unreachable(cause: unknown): WechatError {
  return new WechatError({ code: "UNREACHABLE", message: "连不上微信", retryable: true, cause });
}

export function malformed(cause: unknown): WechatError {
  return new WechatError({ code: "MALFORMED", message: "微信的应答不是文档所述的样子", retryable: false, cause });
}
