import type { ConsoleSchemas } from "@shuke/api";

export type Export = ConsoleSchemas["Export"];

export const isRunning = ({ state }: Export): boolean => state === "running";
/** Where the browser fetches a finished file, by its cookie. */
export const fileAddress = ({ id }: Export): string => `/api/console/exports/${id}/file`;
