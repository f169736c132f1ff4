import { route, type Route } from "../../../kernel/http/route.ts";
import { id, idParams } from "../../../kernel/http/wire.ts";
import type { ApprovalDesk } from "../approval/approvals.ts";
import type { Teller } from "../live.ts";
import { z } from "zod";
import { todoBody, todoCounts, todoPage, todoQuery } from "./schema.ts";
import { addTask, tickTask, WAITING_MOVED } from "./todo.ts";
import { countTodos, listTodos } from "./todo.view.ts";

/** Everybody has a list of their own; nobody sees another's. */
export const todoRoutes = ({ approvals: { kinds } }: { approvals: ApprovalDesk }): Route[] => [
  route({ method: "GET", path: "/todos", can: "signed-in", summary: "What waits for the caller: decisions, tasks, what modules put there", query: todoQuery, reply: todoPage, run: (scope, { query }) => listTodos(scope, kinds, query) }),
  route({ method: "GET", path: "/todo-counts", can: "signed-in", summary: "How much waits for the caller, by kind", reply: todoCounts, run: (scope) => countTodos(scope) }),
  route({ method: "POST", path: "/todos", can: "signed-in", summary: "A task for oneself or a colleague", status: 201, body: todoBody, reply: z.object({ id }), run: async (scope, { body }) => ({ id: await addTask(scope, body) }) }),
  route({ method: "POST", path: "/todos/{id}:done", can: "signed-in", summary: "Tick a task off", params: idParams, reply: todoCounts, run: async (scope, { params }) => {
    await tickTask(scope, params.id, true);
    return countTodos(scope);
  } }),
  route({ method: "POST", path: "/todos/{id}:reopen", can: "signed-in", summary: "Take ticking off back", params: idParams, reply: todoCounts, run: async (scope, { params }) => {
    await tickTask(scope, params.id, false);
    return countTodos(scope);
  } }),
];

/** The badge. */
export const todoTeller: Teller = {
  can: null,
  tell: ({ staffId, permissions }, { topic, ids }) =>
    (topic === WAITING_MOVED && ids.some((one) => one === staffId || (one.startsWith("may:") && permissions.has(one.slice("may:".length)))) ? { event: "todos", data: {} } : undefined),
};
