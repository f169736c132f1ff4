const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = (text) => paint(1, text);
export const green = (text) => paint(32, text);
export const red = (text) => paint(31, text);
export const yellow = (text) => paint(33, text);
export const faint = (text) => paint(2, text);

/** Numbered steps, each with the seconds it took: `[2/4] 管理后台 · console … 6.1 s`. */
export function steps(total) {
  let number = 0;
  return {
    async run(name, work) {
      number += 1;
      const label = `${bold(`[${number}/${total}]`)} ${name}`;
      const from = Date.now();
      console.log(`${label} …`);
      const note = await work();
      console.log(`${label}: ${note ?? green("完成 · done")} ${faint(seconds(from))}`);
    },
  };
}

export function seconds(from) {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`;
}

/** A failure whose message is meant for a person: shown without a stack. */
export class Refusal extends Error {}

/** Ends the program with an explanation instead of a stack where the cause is a known one. */
export function endWith(error) {
  console.error(`\n${red("✗")} ${error instanceof Refusal ? error.message : (error?.stack ?? String(error))}`);
  process.exit(1);
}
