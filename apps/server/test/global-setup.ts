import pg from "pg";
import type { TestProject } from "vitest/node";
import { readConfig } from "../src/kernel/config.ts";
import { migrate } from "../src/kernel/db/migrate.ts";
import { installJobs } from "../src/kernel/jobs.ts";
import { createLog } from "../src/kernel/log.ts";
import { outsideWorld } from "../src/outside.ts";
import { APP_ROLE } from "../src/postgres/cluster.ts";
import { work } from "../src/worker.ts";
import { startThrowaway } from "./throwaway-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The application's role: row level security applies. */
    databaseUrl: string;
    /** The owner's role: for migrations and for looking behind the fence. */
    ownerUrl: string;
  }
}

/** One migrated database for all test files of a run; each test brings its own tenant. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await chosenDatabase();
  await migrate({ ownerUrl: database.ownerUrl, role: APP_ROLE });
  await queues(database.ownerUrl);
  project.provide("databaseUrl", database.url);
  project.provide("ownerUrl", database.ownerUrl);
  return database.stop;
}

async function queues(ownerUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: ownerUrl });
  await admin.connect();
  try {
    await installJobs(ownerUrl, APP_ROLE, work({ outside: outsideWorld(readConfig({}), createLog("silent")) }), admin);
  } finally {
    await admin.end();
  }
}

async function chosenDatabase(): Promise<{ url: string; ownerUrl: string; stop: () => Promise<void> }> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given === undefined || given === "") return await startThrowaway();
  return { url: process.env["TEST_DATABASE_APP_URL"] ?? given, ownerUrl: given, stop: () => Promise.resolve() };
}
