import { hash, verify } from "@node-rs/argon2";

/** argon2id with 19 MiB and two passes: OWASP Password Storage Cheat Sheet. About 25 ms on its own thread. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let nobody: Promise<string> | undefined;

/** Takes as long for an account that does not exist as for one that does: the answer's time tells nothing. */
export async function passwordFits(hashed: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password");
  const fits = await verify(hashed ?? (await nobody), password);
  return hashed !== undefined && fits;
}
