/** Runs page after page, from where the one before says to go on until it says nothing: each a transaction of its own. */
export async function eachPage<Place>(run: (after: Place | undefined) => Promise<Place | undefined>): Promise<void> {
  for (let after = await run(undefined); after !== undefined; after = await run(after));
}
