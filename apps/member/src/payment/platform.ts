import Taro from '@tarojs/taro';
import type { Agreeing, JsapiPay, Pay } from '../api/payment.ts';
import { isMini } from '../platform.ts';

export type PayOutcome = { kind: 'handed-over' } | { kind: 'scan'; codeUrl: string } | { kind: 'cancelled' };

/** WeChat names the payer by a code of its own. */
export async function payerOnThisPlatform(): Promise<{ wechatCode?: string }> {
  return isMini ? { wechatCode: (await Taro.login()).code } : {};
}

/** The mini program goes on to WeChat's own; a browser shows the page's address to scan. */
export async function agreeOnThisPlatform({ signUrl, miniProgram }: Agreeing): Promise<string | null> {
  if (miniProgram) await Taro.navigateToMiniProgram(miniProgram);
  return signUrl;
}

/** The mini program pays in place; a browser is sent on, or shows WeChat Pay's native code to scan. */
export async function payOnThisPlatform(pay: Pay): Promise<PayOutcome> {
  if (isMini) return payInWechat(pay);
  if (pay.redirectUrl) {
    window.location.href = pay.redirectUrl;
    return { kind: 'handed-over' };
  }
  return pay.codeUrl ? { kind: 'scan', codeUrl: pay.codeUrl } : { kind: 'handed-over' };
}

async function payInWechat(pay: Pay): Promise<PayOutcome> {
  try {
    await Taro.requestPayment(pay as JsapiPay);
    return { kind: 'handed-over' };
  } catch (error) {
    const message = (error as { errMsg?: string }).errMsg ?? '';
    if (message.includes('cancel')) return { kind: 'cancelled' };
    throw error;
  }
}
