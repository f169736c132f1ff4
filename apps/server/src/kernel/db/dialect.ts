import {
  PostgresAdapter, PostgresQueryCompiler, type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type QueryResult,
} from "kysely";
import type pg from "pg";
import { query } from "./connection.ts";

/** A Kysely dialect over one connection that somebody else opened the transaction on. */
export function pinnedDialect(client: pg.ClientBase): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => pinnedDriver(client),
    createIntrospector: () => {
      throw new Error("The schema is read from the catalogue by migrations/catalogue.ts");
    },
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function pinnedDriver(client: pg.ClientBase): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
      const result = await client.query(query(compiled.sql, [...compiled.parameters]));
      return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
    streamQuery() {
      throw new Error("Streams are not for requests; page instead");
    },
  };
  const inScopeOnly = async () => {
    throw new Error("Transactions are opened by inScope alone");
  };
  return {
    init: async () => {}, destroy: async () => {},
    acquireConnection: async () => connection, releaseConnection: async () => {},
    beginTransaction: inScopeOnly, commitTransaction: inScopeOnly, rollbackTransaction: inScopeOnly,
  };
}
