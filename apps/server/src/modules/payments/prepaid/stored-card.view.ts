import type { Day } from "../../../kernel/days.ts";
import type { Fen } from "../../../kernel/money.ts";
import { notFound, problem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";

export const cardNumberTaken = problem("payments/card-number-taken", 409, "Another card has this number");

export interface StoredCard {
  id: string;
  cardNo: string;
  kind: "named" | "unnamed";
  memberId: string | null;
  /** What an unnamed card was sold with; a named one holds nothing itself. */
  amountFen: Fen;
  expiresOn: Day | null;
  state: "active" | "lost" | "replaced" | "bound";
  storeId: string | null;
  at: string;
}

interface Row {
  id: string;
  card_no: string;
  kind: StoredCard["kind"];
  member_id: string | null;
  amount_fen: Fen;
  expires_on: Day | null;
  state: StoredCard["state"];
  store_id: string | null;
  at: Date;
}

const SELECT = "select id, card_no, kind, member_id, amount_fen, expires_on::text as expires_on, state, store_id, at from payments.stored_card where tenant_id = $1";

const cardOf = (row: Row): StoredCard => ({
  id: row.id, cardNo: row.card_no, kind: row.kind, memberId: row.member_id, amountFen: row.amount_fen, expiresOn: row.expires_on, state: row.state,
  storeId: row.store_id, at: row.at.toISOString(),
});

/** Locks a card until the scope ends, after the member. Throws `notFound`. */
export async function lockStoredCard({ tx, tenantId }: Scope, id: string): Promise<StoredCard> {
  const [row] = await tx.rows<Row>(`${SELECT} and id = $2 for update`, [tenantId, id]);
  if (!row) throw notFound({ detail: "No such card" });
  return cardOf(row);
}

/** Throws `notFound`. */
export async function getStoredCard({ tx, tenantId }: Scope, id: string): Promise<StoredCard> {
  const [row] = await tx.rows<Row>(`${SELECT} and id = $2`, [tenantId, id]);
  if (!row) throw notFound({ detail: "No such card" });
  return cardOf(row);
}

export async function listStoredCards({ tx, tenantId }: Scope, by: { memberId: string } | { cardNo: string }): Promise<StoredCard[]> {
  const rows = "memberId" in by
    ? await tx.rows<Row>(`${SELECT} and member_id = $2 order by id desc`, [tenantId, by.memberId])
    : await tx.rows<Row>(`${SELECT} and card_no = upper($2)`, [tenantId, by.cardNo]);
  return rows.map(cardOf);
}
