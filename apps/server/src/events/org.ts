import { z } from "zod";

/** What `org` tells the others. */
export const orgEvents = {
  "org.unit-added": z.object({ unitId: z.string(), parentId: z.string(), kind: z.string(), code: z.string(), name: z.string() }),
  "org.unit-changed": z.object({ unitId: z.string(), kind: z.string(), code: z.string(), name: z.string(), state: z.string() }),
  "org.staff-added": z.object({ staffId: z.string(), name: z.string() }),
  "org.staff-deactivated": z.object({ staffId: z.string() }),
} as const;
