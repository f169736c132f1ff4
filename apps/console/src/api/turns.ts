/** Runs tasks one after the other; one that was given up while it waited is never begun. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const mine = this.#last.then(() => {
      signal.throwIfAborted();
      return task();
    });
    this.#last = mine.catch(() => {});
    return mine;
  }
}
