/** One text message to one phone. The wording is the template's; the law (and Aliyun) allow no free text. */
export interface Sms {
  /** E.164, `+8613800138000`. */
  phone: string;
  /** The template's number at the provider, `SMS_123456789`. */
  template: string;
  params: Readonly<Record<string, string>>;
  /** Ours: comes back in the delivery receipt. */
  reference?: string;
}

/** The port: whoever sends text messages. Throws `SmsError`. */
export interface SmsSender {
  send(sms: Sms): Promise<{ providerId: string }>;
}

interface Failure {
  code: string;
  message: string;
  retryable: boolean;
  providerCode?: string | undefined;
  cause?: unknown;
}

export class SmsError extends Error {
  /** LIMITED, PHONE_INVALID, REJECTED (template, signature, content), OUT_OF_MONEY, UNAUTHORIZED, UNREACHABLE, PROVIDER_FAILED. */
  readonly code: string;
  readonly retryable: boolean;
  /** What the provider called it. */
  readonly providerCode: string | undefined;

  constructor(failure: Failure) {
    super(failure.message, { cause: failure.cause });
    this.name = "SmsError";
    this.code = failure.code;
    this.retryable = failure.retryable;
    this.providerCode = failure.providerCode;
  }
}

const E164 = /^\+[1-9]\d{6,14}$/;

export function assertPhone(phone: string): void {
  if (!E164.test(phone)) throw new SmsError({ code: "PHONE_INVALID", message: "手机号码格式不对", retryable: false });
}
