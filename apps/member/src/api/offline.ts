import type { Wire } from './wire.ts';

/** A signed code for a till without network, and until when it is good. */
export type OfflineCode = Wire['OfflineCode'];
