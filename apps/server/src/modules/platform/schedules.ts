import type { Schedule } from "../../kernel/jobs.ts";
import { tellDue } from "./announcement/announcement.ts";
import { enqueueDue } from "./delivery.ts";
import { exportSchedule } from "./export/export.run.ts";
import { forgetOldExports } from "./export/export.ts";
import { forgetOldFiles } from "./file.ts";
import { forgetOldImports, importSchedule } from "./import/task.ts";
import { forgetOldNotifications } from "./notification/notification.ts";

const KEPT_MS = 30 * 86_400_000;

export const schedules: readonly Schedule[] = [
  { name: "platform.webhooks-due", cron: "* * * * *", zone: "Asia/Shanghai", run: enqueueDue },
  exportSchedule, importSchedule,
  { name: "platform.announcements-due", cron: "* * * * *", zone: "Asia/Shanghai", run: tellDue },
  {
    name: "platform.tidy", cron: "40 3 * * *", zone: "Asia/Shanghai",
    run: async (scope) => {
      await scope.tx.db.deleteFrom("platform.webhook_delivery").where("state", "!=", "waiting")
        .where("created_at", "<", new Date(scope.now.getTime() - KEPT_MS)).execute();
      await forgetOldNotifications(scope);
      await forgetOldExports(scope);
      await forgetOldImports(scope);
      await forgetOldFiles(scope);
    },
  },
];
