import type { Schedule } from "../../kernel/jobs.ts";

const DAY_MS = 86_400_000;

/** Nightly: sessions that ended and tries long past. */
export const schedules: readonly Schedule[] = [
  {
    name: "org.tidy", cron: "20 3 * * *", zone: "Asia/Shanghai",
    run: async (scope) => {
      await scope.tx.db.deleteFrom("org.session").where("expires_at", "<", scope.now).execute();
      await scope.tx.db.deleteFrom("org.sign_in_try").where("at", "<", new Date(scope.now.getTime() - DAY_MS)).execute();
    },
  },
];
