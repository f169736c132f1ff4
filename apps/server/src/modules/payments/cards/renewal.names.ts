/** Work that talks to WeChat about agreements. */
export const CONTRACT_TASK = "payments.renewal-contract";
export const NOTICE_TASK = "payments.renewal-notice";
export const DEDUCT_TASK = "payments.renewal-deduct";
export const END_CONTRACT_TASK = "payments.renewal-end";
