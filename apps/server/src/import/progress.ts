const TTY_MS = 500;
const LOG_MS = 5_000;
const MS = 1_000;

/** One line that says how far it is: rewritten on a terminal, now and then in a log. */
export class Progress {
  readonly #from = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #isTerminal = Boolean(process.stdout.isTTY);
  readonly #total: number;
  rows = 0;
  orders = 0;

  constructor(total: number) {
    this.#total = total;
    this.#timer = setInterval(() => this.#show(), this.#isTerminal ? TTY_MS : LOG_MS);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#show();
    if (this.#isTerminal) process.stdout.write("\n");
  }

  #show(): void {
    const seconds = (performance.now() - this.#from) / MS;
    const left = this.rows === 0 ? "…" : `${Math.ceil((seconds / this.rows) * (this.#total - this.rows))} s`;
    const percent = this.#total === 0 ? 100 : Math.floor((100 * this.rows) / this.#total);
    const line = `  ${percent}%  ${this.rows.toLocaleString("en")} 行 · rows  ${this.orders.toLocaleString("en")} 单 · orders  ${Math.round(this.orders / seconds)}/s  剩余 · left ${left}`;
    process.stdout.write(this.#isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
  }
}
