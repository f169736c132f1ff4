import type { Cart, Instant, Snapshot } from "./cart.ts";
import { evaluate } from "./evaluate.ts";
import { canonical } from "./hash.ts";
import { HASH_FORM, inputHash } from "./input-hash.ts";
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
 * Derives a stored quote again from the stored inputs and compares everything: what was charged, the proof, and the certificate of the
 * search. Candidates are compared when the quote has them: one that was settled without reasons is as good as one with them.
 * Never throws for a quote that is merely wrong.
 */
export function verifyQuote(quote: Quote, cart: Cart, snapshot: Snapshot, rules: RuleSet | PreparedRules, now: Instant): Verdict {
  const explain = quote.candidates.length > 0;
  const again = evaluate(cart, snapshot, rules, now, { explain });
  const differences: string[] = [];
  if (quote.proof.inputHash !== inputHash(cart, snapshot, again.proof.ruleVersion, now, quote.proof.hashForm ?? 1)) differences.push("proof.inputHash");
  if (![undefined, 1, 2, HASH_FORM].includes(quote.proof.hashForm)) differences.push("proof.hashForm");
  for (const field of ["ruleVersion", "mode", "at"] as const) if (quote.proof[field] !== again.proof[field]) differences.push(`proof.${field}`);
  // Proofs from before hold what an earlier search counted on its way; what it found is compared in any case.
  if (quote.proof.hashForm === HASH_FORM && canonical(quote.proof.search) !== canonical(again.proof.search)) differences.push("proof.search");
  for (const field of COMPARED) if (canonical(quote[field]) !== canonical(again[field])) differences.push(field);
  if (explain && canonical(quote.candidates) !== canonical(again.candidates)) differences.push("candidates");
  return { ok: differences.length === 0, differences };
}
