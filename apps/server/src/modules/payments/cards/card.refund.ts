import type { Scope } from "../../../kernel/scope.ts";

export async function putBackCard(_scope: Scope, cardId: string): Promise<void> {
  throw new Error(`Card ${cardId} has no value to put back`);
}
