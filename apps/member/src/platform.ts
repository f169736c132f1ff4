/** Replaced by a constant in each build, so the other platform's branch is dropped. */
export const isMini = process.env.TARO_ENV === 'weapp';
