import * as commerce from "./commerce.ts";
import * as customers from "./customers.ts";
import * as loyalty from "./loyalty.ts";
import * as objects from "./objects.ts";
import * as org from "./org.ts";
import * as payments from "./payments.ts";
import * as promotions from "./promotions.ts";
import * as sales from "./sales.ts";

/** Every event type of the published language: each file's constants. Webhooks can listen to all of them. */
export const eventTypes: readonly string[] = [org, objects, customers, loyalty, promotions, payments, commerce, sales].flatMap((module) => Object.values<string>(module)).toSorted();
