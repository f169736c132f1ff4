import type { ApiProblem, FieldError } from '../api/problem.ts';
import { session } from '../session/session.ts';
import { currentText } from './locale.ts';

// By the server's stable codes. English is the server's own language: what it says is shown as it is.
const CODES: Record<string, string> = {
  'access/unauthenticated': '请先登录',
  'access/forbidden': '没有这项权限',
  'access/too-many-requests': '操作太频繁，请稍后再试',
  'customers/birthday-locked': '生日一年只能修改一次',
  'customers/deletion-blocked': '还有事情没有了结，暂时不能注销',
  'customers/identity-taken': '这个号码已属于另一位会员',
  'customers/member-frozen': '会员已冻结，请联系门店',
  'customers/phone-blocked': '这个号码不能注册会员',
  'customers/phone-code-expired': '验证码已失效，请重新获取',
  'customers/phone-code-wrong': '验证码不正确',
  'customers/sms-unavailable': '短信暂时发不出去，请稍后再试',
  'customers/step-up-required': '这个号码很久没有用过，请改用短信验证码，并验证身份',
  'customers/ticket-invalid': '登录已超时，请重新用微信登录',
  'customers/wechat-refused': '微信没有通过验证，请使用短信验证码',
  'customers/wechat-unavailable': '微信暂时没有响应，请使用短信验证码',
  'commerce/share-kept': '这一份已被别的客人认领',
  'commerce/share-paid': '这一份已经付过',
  'commerce/order-exists': '这一份已经付过',
  'commerce/bill-changed': '分单有变，请重新选择',
  'loyalty/insufficient-points': '积分不足',
  'loyalty/no-check-in': '现在没有签到活动',
  'loyalty/member-unusable': '对方的会员状态不能收积分',
  'loyalty/transfer-off': '这里不能转赠积分',
  'loyalty/transfer-limit': '超过今天可转赠的数量',
  'loyalty/out-of-stock': '已经兑完了',
  'loyalty/item-limit': '已达限兑数量',
  'loyalty/not-for-tier': '您的等级暂时不能兑换',
  'loyalty/not-offered': '今天不能兑换',
  'loyalty/item-price-changed': '价格已变，请重新确认',
  'loyalty/redemption-state': '这次兑换已经不能取消',
  'loyalty/benefit-used-up': '次数已用完',
  'loyalty/benefit-over': '权益已过期或还没开始',
  'loyalty/benefit-at-counter': '请到门店使用',
  'loyalty/codes-used-up': '券码已发完，请联系门店',
  'loyalty/coupon-not-issued': '这张券您已领满',
  'idempotency/body-mismatch': '请勿重复提交',
  'payments/member-unusable': '会员已冻结，不能储值',
  'payments/over-card-limit': '超过储值余额的上限',
  'payments/provider-refused': '微信支付没有接受这笔付款',
  'payments/provider-unavailable': '微信支付暂时没有响应，请稍后再试',
  'promotions/coupon-unknown': '没有这个券码',
  'promotions/coupon-unusable': '这张券现在不能使用',
  'promotions/gift-over': '这张券已被领走、收回，或领取时间已过',
  'promotions/member-unusable': '会员已冻结，不能领券',
  'promotions/not-issuable': '这张券现在不能领取',
  'promotions/not-giftable': '这张券不能转赠',
  'promotions/out-of-stock': '优惠券已领完',
  'promotions/per-member-limit': '您已领过这张券',
  'promotions/share-refused': '这个链接不能领取了',
  'promotions/template-over': '优惠券的有效期已过',
  'promotions/template-state': '这张券现在不能领取',
  'request/conflict': '当前状态不允许这样做',
  'request/invalid': '有内容填写不对',
  'request/not-found': '没有找到',
  'server/busy': '系统繁忙，请稍后再试',
  'server/internal': '系统出错了，请稍后再试',
};

const FIELD_CODES: Record<string, string> = {
  invalid: '格式不对', invalid_format: '格式不对', invalid_type: '格式不对', invalid_value: '不是可选的值', required: '请填写', too_small: '太短', too_big: '太长',
  wrong: '不正确', 'made-up': '不像真实的号码', 'store-phone': '这是门店的电话', 'no-such-day': '没有这一天', 'too-many': '太多了', taken: '已被使用', unknown: '不存在', same: '不能转给自己',
};

/** One sentence that a guest understands. */
export function problemWords(problem: ApiProblem): string {
  if (problem.isOffline) return currentText().problem.offline;
  if (session.get().language === 'en') return problem.message;
  return CODES[problem.code] ?? problem.message;
}

export function fieldWords({ code, message }: FieldError): string {
  return session.get().language === 'en' ? message : (FIELD_CODES[code] ?? message);
}
