/** A double-entry book in memory, with the rules of the server's ledger: no overdraft, each transfer reverted once, each key answered once. */
export class Book {
  readonly #balances = new Map<string, number>();
  readonly #transfers: { from: string; to: string; amount: number; reverted: boolean }[] = [];
  readonly #references = new Set<string>();
  readonly #keys = new Map<string, { body: string; error: string | null }>();
  readonly #holds: { from: string; to: string; amount: number; open: boolean }[] = [];

  get size(): number {
    return this.#transfers.length;
  }

  balanceOf(account: string): number {
    return this.#balances.get(account) ?? 0;
  }

  /** Without the world, which is what has come in and gone out. */
  balances(): Record<string, number> {
    return Object.fromEntries([...this.#balances].filter(([account]) => account !== "world"));
  }

  /** Null, or why nothing has moved. Only the world may be overdrawn. */
  post(from: string, to: string, amount: number, reference?: string): string | null {
    if (reference !== undefined && this.#references.has(reference)) return "CONFLICT";
    if (from !== "world" && this.balanceOf(from) < amount) return "INSUFFICIENT_FUND";
    if (reference !== undefined) this.#references.add(reference);
    this.#transfers.push({ from, to, amount, reverted: false });
    this.#move(from, to, amount);
    return null;
  }

  revert(index: number, force: boolean): string | null {
    const transfer = this.#transfers[index];
    if (!transfer) return "NOT_FOUND";
    if (transfer.reverted) return "ALREADY_REVERT";
    if (!force && transfer.to !== "world" && this.balanceOf(transfer.to) < transfer.amount) return "INSUFFICIENT_FUND";
    transfer.reverted = true;
    this.#move(transfer.to, transfer.from, transfer.amount);
    return null;
  }

  /** Sets an amount aside; the account cannot spend it meanwhile. */
  hold(from: string, to: string, amount: number): number {
    this.#move(from, "held", amount);
    return this.#holds.push({ from, to, amount, open: true }) - 1;
  }

  /** A hold ends once: what is captured moves, the rest goes back. */
  capture(index: number, amount: number): string | null {
    const hold = this.#holds[index];
    if (!hold) return "NOT_FOUND";
    if (!hold.open) return "ALREADY_RESOLVED";
    if (amount > hold.amount) return "INSUFFICIENT_FUND";
    hold.open = false;
    this.#move("held", hold.to, amount);
    this.#move("held", hold.from, hold.amount - amount);
    return null;
  }

  /** A call with an idempotency key: the same body gets the first answer again, another one is refused. */
  call(key: string, transfer: readonly [string, string, number]): { error: string | null; hit: boolean } {
    const body = JSON.stringify(transfer);
    const known = this.#keys.get(key);
    if (known) return known.body === body ? { error: known.error, hit: true } : { error: "VALIDATION", hit: false };
    const error = this.post(...transfer);
    this.#keys.set(key, { body, error });
    return { error, hit: false };
  }

  #move(from: string, to: string, amount: number): void {
    this.#balances.set(from, this.balanceOf(from) - amount);
    this.#balances.set(to, this.balanceOf(to) + amount);
  }
}
