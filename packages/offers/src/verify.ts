import type { Cart, Instant, Snapshot } from "./cart.ts";
import { evaluate } from "./evaluate.ts";
import { canonical } from "./hash.ts";
import type { RuleSet } from "./offer.ts";
import type { PreparedRules } from "./prepare.ts";
import type { Quote } from "./quote.ts";

export interface Verdict {
  ok: boolean;
  /** What differs: names of the quote's fields, "proof.inputHash" first when the inputs are not those of the quote. */
  differences: string[];
}

const COMPARED = ["effects", "lines", "fees", "grossFen", "discountFen", "netFen", "feesFen", "totalFen"] as const;

/**
 * Derives a stored quote again from the stored inputs and compares everything that was charged. Candidates are not compared:
 * a quote that was settled without reasons is as good as one with them. Never throws for a quote that is merely wrong.
 */
export function verifyQuote(quote: Quote, cart: Cart, snapshot: Snapshot, rules: RuleSet | PreparedRules, now: Instant): Verdict {
  const again = evaluate(cart, snapshot, rules, now, { explain: false });
  const differences: string[] = [];
  for (const field of ["inputHash", "ruleVersion", "mode", "at"] as const) {
    if (quote.proof[field] !== again.proof[field]) differences.push(`proof.${field}`);
  }
  for (const field of COMPARED) if (canonical(quote[field]) !== canonical(again[field])) differences.push(field);
  return { ok: differences.length === 0, differences };
}
