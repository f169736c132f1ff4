class WrongUse extends Error {}

/** A mistake of whoever called the program: told without a stack. */
export const wrongUse = (message: string): Error => new WrongUse(message);
export const isWrongUse = (error: unknown): error is Error => error instanceof WrongUse;
