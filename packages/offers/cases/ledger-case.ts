import type { Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import { Book } from "./book.ts";
import type { Families } from "./family.ts";
import { number } from "./prepaid-case.ts";

export const ledgerFamilies: Families = {
  "revert,tx": (given) => {
    const book = new Book();
    for (const transfer of given["tx"] as string[]) book.post(...transferOf(transfer));
    const match = /^tx (\d+)( force)?$/.exec(String(given["revert"]));
    if (!match) throw new Unsupported(`given.revert "${String(given["revert"])}"`);
    const error = book.revert(Number(match[1]) - 1, match[2] !== undefined);
    return { ok: error === null, error, ...book.balances() };
  },
  "revert_times": (given) => {
    const book = new Book();
    book.post("world", "alice", 100);
    const results = Array.from({ length: number(given["revert_times"]) }, () => book.revert(0, false) ?? "ok");
    return { first: results[0], second: results[1] ?? null };
  },
  "balance,debit": (given) => {
    const book = new Book();
    book.post("world", "alice", number(given["balance"]));
    return { error: book.post("alice", "shop", number(given["debit"])), balance: book.balanceOf("alice") };
  },
  "hold,post": (given) => {
    const book = new Book();
    book.post("world", "alice", number(given["hold"]));
    const hold = book.hold("alice", "shop", number(given["hold"]));
    const error = book.capture(hold, number(given["post"]));
    return { moved: book.balanceOf("shop"), restored: book.balanceOf("alice"), error };
  },
  "calls,same_body,same_key": calls,
  "calls,ledgers,same_key": calls,
  "calls,same_reference": (given, expect) => {
    const book = new Book();
    const answers = Array.from({ length: number(given["calls"]) }, (_, i) => book.post("world", "alice", 100, given["same_reference"] === true ? "order-1" : `order-${i}`) ?? "ok");
    return { second: inForm(answers[1], expect["second"]), transactions: book.size };
  },
};

function transferOf(text: string): [string, string, number] {
  const match = /^(\w+) ?-> ?(\w+) (\d+)$/.exec(text);
  if (!match) throw new Unsupported(`transfer "${text}"`);
  return [match[1]!, match[2]!, Number(match[3])];
}

/** The same call several times: with one key or several, one body or two, in one ledger or in one each. */
function calls(given: Json, expect: Json): Json {
  const ledgers = (given["ledgers"] as string[] | undefined) ?? ["a"];
  const books = new Map([...new Set(ledgers)].map((name) => [name, new Book()]));
  const answers = Array.from({ length: number(given["calls"]) }, (_, i) => {
    const book = books.get(ledgers[i % ledgers.length]!)!;
    return book.call(given["same_key"] === true ? "key" : `key-${i}`, ["world", "alice", given["same_body"] === false ? 100 + i : 100]);
  });
  const [first, second] = answers;
  const transactions = [...books.values()].reduce((sum, book) => sum + book.size, 0);
  return {
    transactions, second: inForm(second?.error ?? "ok", expect["second"]), second_header: second?.hit ? { "Idempotency-Hit": "true" } : {},
    both: answers.every((one) => one.error === null && !one.hit) ? "ok" : first?.error ?? second?.error ?? "hit",
  };
}

/** "VALIDATION" and "VALIDATION error" say the same. */
function inForm(code: unknown, expected: unknown): unknown {
  return typeof expected === "string" && expected.replace(/ error$/i, "") === code ? expected : code;
}
