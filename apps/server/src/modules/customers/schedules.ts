import type { Schedule } from "../../kernel/jobs.ts";
import { startPurges } from "./privacy/deletion.ts";
import { duplicatesSchedule } from "./duplicate/run.ts";
import { respellSchedule } from "./respell.ts";

const DAY_MS = 86_400_000;

/** What has served its time: scanned codes, phone codes, sessions. They are refused by their dates already; this only tidies. */
const tidy: Schedule = {
  name: "customers.tidy",
  cron: "40 3 * * *",
  zone: "Asia/Shanghai",
  run: async (scope) => {
    scope.tx.write("delete from customers.code_use where tenant_id = $1 and expires_at < $2", [scope.tenantId, scope.now]);
    // A day longer than they are good: they hold how many messages the phone was sent today.
    scope.tx.write("delete from customers.phone_code where tenant_id = $1 and expires_at < $2", [scope.tenantId, new Date(scope.now.getTime() - DAY_MS)]);
    // A kit repeats what it could not send for some days at most.
    scope.tx.write("delete from customers.message where tenant_id = $1 and at < $2", [scope.tenantId, new Date(scope.now.getTime() - 30 * DAY_MS)]);
    scope.tx.write("delete from customers.data_copy where tenant_id = $1 and expires_at < $2", [scope.tenantId, scope.now]);
    scope.tx.write("delete from customers.session where tenant_id = $1 and expires_at < $2", [scope.tenantId, scope.now]);
  },
};

const purges: Schedule = { name: "customers.start-purges", cron: "*/10 * * * *", zone: "Asia/Shanghai", run: startPurges };

export const schedules: readonly Schedule[] = [tidy, respellSchedule, purges, duplicatesSchedule];
