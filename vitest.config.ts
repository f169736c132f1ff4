import { defineConfig } from "vitest/config";

// Two workers, because two cores is what the smallest machine that runs this has.
const WORKERS = 2;
// A machine that does much else needs longer than the second that polling gives up after.
const patient = { expect: { poll: { timeout: 20_000 } } };
const slow = { testTimeout: 60_000, hookTimeout: 120_000 };
const postgresTests = "apps/server/src/postgres/**/*.test.ts";
// Of every project whose tests draw by chance.
const seeded = "bin/steps/test-seed.ts";
const crashTests = "apps/server/test/crash/**/*.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: WORKERS,
    reporters: ["default"],
    projects: [
      {
        test: {
          name: "packages",
          include: ["packages/*/{src,test}/**/*.test.ts", "apps/console/{src,test}/**/*.test.{ts,tsx}", "bin/**/*.test.ts"],
          setupFiles: [seeded],
          testTimeout: 30_000,
        },
      },
      {
        // Databases and servers of their own, started and killed.
        test: { name: "postgres", include: [postgresTests, crashTests], ...slow },
      },
      {
        test: {
          name: "server",
          include: ["apps/server/{src,test}/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: ["**/node_modules/**", postgresTests, crashTests, "apps/server/test/browser/**"],
          globalSetup: ["apps/server/test/global-setup.ts"],
          setupFiles: [seeded, "apps/server/test/between-tests.ts"],
          // The files of a worker share the app: importing it again for each took half of the run.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          ...patient,
        },
      },
      {
        test: {
          name: "browser",
          include: ["apps/server/test/browser/**/*.test.ts"],
          globalSetup: ["apps/server/test/global-setup.ts", "apps/server/test/browser-setup.ts"],
          setupFiles: ["apps/server/test/between-files.ts"],
          // One page at a time: two browsers beside a server and a database on two cores only wait for each other.
          fileParallelism: false,
          ...slow,
          ...patient,
        },
      },
    ],
  },
});
