import type { Wire } from './wire.ts';

/** WeChat's own field names, passed on to `wx.requestPayment` as they are. */
export type JsapiPay = {
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA' | 'HMAC-SHA256' | 'MD5';
  paySign: string;
};

export type Pay = Partial<JsapiPay> & { codeUrl?: string; redirectUrl?: string };

/** `wechatCode`: of `wx.login`, where the mini program pays; without it the reply has a code to scan. */
export type TopUpRequest = { planId: string; wechatCode?: string };

export type TopUpStart = Wire['TopUpBegun'];

export type TopUp = Wire['TopUp'];

/** Where a guest agrees in WeChat that money may be taken: an address, or in the mini program another one. */
export type Agreeing = Omit<Wire['RenewalBegun'], 'card'>;
