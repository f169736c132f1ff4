/** Set by config/index.js for each build. */
declare const API_BASE: string;
declare const DEFAULT_BRAND: string;
declare const process: { env: { TARO_ENV: 'h5' | 'weapp'; NODE_ENV: string } };
declare module '*.scss';
