import type { Wire } from './wire.ts';

export type Consent = Wire['Consent'];
export type DataCopy = Wire['DataCopy'];
export type Deletion = Wire['Deletion'];
export type DeletionPreview = Wire['DeletionPreview'];
