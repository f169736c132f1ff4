import pg from "pg";
import { inject } from "vitest";

/** One statement as the database's owner, for what the application itself may not do or see. */
export async function asOwner<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: inject("ownerUrl") });
  await owner.connect();
  try {
    return (await owner.query<Row>(text, values)).rows;
  } finally {
    await owner.end();
  }
}
