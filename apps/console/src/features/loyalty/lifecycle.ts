import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type Lifecycle = ConsoleSchemas["Lifecycle"];
export type LifecycleRules = ConsoleSchemas["LifecycleRules"];
export type LifeStage = ConsoleSchemas["LifeStage"];
export type LifeStageChange = ConsoleSchemas["LifeStageChange"];

export const lifeStages = ["potential", "aware", "first", "repeat", "loyal", "dormant", "lost"] as const satisfies readonly LifeStage[];

const pollMs = 1_500;

/** Asked for again and again while everybody is looked at anew. */
export const lifecycleQuery = queryOptions({
  queryKey: ["/lifecycle"], queryFn: () => api.get<Lifecycle>("/lifecycle"), refetchInterval: ({ state }) => (state.data?.isCounting ? pollMs : false),
});
