import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { listConsents, type Consent } from "../privacy/consent.ts";

/** What was said at the survivor because of a merge, and what had been said before. */
export interface KeptConsent {
  purpose: Consent["purpose"];
  before: Pick<Consent, "given" | "version">;
  after: { given: boolean; version: number };
}

/** The stricter wins: a no at one of the two is a no. A yes of the absorbed member counts where the survivor was never asked. */
export async function joinConsents(scope: Scope, survivorId: string, absorbedId: string): Promise<KeptConsent[]> {
  const theirs = new Map((await listConsents(scope, absorbedId)).map((one) => [one.purpose, one]));
  const kept = (await listConsents(scope, survivorId)).flatMap(({ purpose, given, version }): KeptConsent[] => {
    const other = theirs.get(purpose);
    if (!other || other.given === null || other.version === null || given === false || other.given === given) return [];
    if (other.given && given !== null) return [];
    return [{ purpose, before: { given, version }, after: { given: other.given, version: other.version } }];
  });
  await say(scope, survivorId, kept.map(({ purpose, after }) => ({ purpose, ...after })));
  return kept;
}

/** What the survivor had said counts again, unless they have said something since. A no is never taken back where they had said nothing. */
export async function partConsents(scope: Scope, survivorId: string, kept: readonly KeptConsent[]): Promise<void> {
  const now = new Map((await listConsents(scope, survivorId)).map((one) => [one.purpose, one]));
  await say(scope, survivorId, kept.flatMap(({ purpose, before, after }) => {
    const { given, version } = before;
    return given !== null && version !== null && now.get(purpose)?.given === after.given ? [{ purpose, given, version }] : [];
  }));
}

const say = async (scope: Scope, memberId: string, consents: readonly { purpose: string; given: boolean; version: number }[]): Promise<unknown> =>
  consents.length > 0 && scope.tx.db.insertInto("customers.consent").values(consents.map((one) => ({ ...one, id: newId(scope), member_id: memberId, at: scope.now, by_actor: actorRef(scope.actor) }))).execute();
