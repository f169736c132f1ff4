import { CheckSquareOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Badge } from "antd";
import { useTranslation } from "react-i18next";
import { approvalRefreshes } from "../features/platform/approval/approval.ts";
import { countsQuery } from "../features/platform/todo/todo.ts";
import { useLive } from "./live.ts";

/** How much waits for this person, in the header; red once something is late. */
export function TodoBadge() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const counts = useQuery(countsQuery);
  useLive("todos", () => {
    for (const queryKey of approvalRefreshes) void client.invalidateQueries({ queryKey });
  });
  const { total = 0, overdue = 0 } = counts.data ?? {};
  return (
    <Link to="/todos" className="topbar-link" aria-label={t("todo.badge", { count: total })}>
      <Badge count={total} overflowCount={99} size="small" {...(overdue === 0 ? { color: "blue" } : {})}><CheckSquareOutlined /></Badge>
    </Link>
  );
}
