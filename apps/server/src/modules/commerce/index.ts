import type { Database } from "../../kernel/db/database.ts";
import type { Route } from "../../kernel/http/route.ts";
import type { Schedule } from "../../kernel/jobs.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const memberRoutes = (_parts: object): Route[] => [];
export const openRoutes = (_parts: object): Route[] => [];
export const schedules: readonly Schedule[] = [];

export class SettlementDesk {
  readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }
}
