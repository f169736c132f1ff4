/** A signed code for a till without network, and until when it is good. */
export type OfflineCode = { code: string; allowanceFen: number; usedFen: number; expiresAt: string; heldUntil: string };
