import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import type { Permission } from "./permission.ts";

export type Role = ConsoleSchemas["Role"] & { permissions: Permission[] };

export const scopes = ["all", "region", "store", "own"] as const;

export const rolesQuery = queryOptions({ queryKey: ["/roles"], queryFn: () => api.get<Page<Role>>("/roles") });
