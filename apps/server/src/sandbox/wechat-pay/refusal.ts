/** An error answer in WeChat Pay's own words: what the real service says in the same case, with its HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export const failures = {
  FREQUENCY_LIMITED: [429, "频率超限"],
  SYSTEM_ERROR: [500, "系统异常，请用相同参数重新调用"],
  BANK_ERROR: [500, "银行系统异常"],
  NOTENOUGH: [403, "用户账户余额不足"],
  NOT_ENOUGH: [403, "基本账户余额不足，请充值后重新发起"],
  RULE_LIMIT: [403, "业务规则限制"],
  AUTH_CODE_EXPIRED: [400, "二维码已过期，请用户在微信上刷新后再试"],
  AUTH_CODE_INVALID: [400, "付款码无效，请扫描微信支付被扫条码"],
  USERPAYING: [202, "需要用户输入支付密码"],
} as const;

export type FailureCode = keyof typeof failures;

export function failure(code: FailureCode): Refusal {
  const [status, message] = failures[code];
  return new Refusal(status, code, message);
}
