import type { Subscriber } from "../../kernel/events.ts";
import { subscribers as earning } from "./earning.ts";
import { lifecycleSubscriber } from "./lifecycle/subscribers.ts";
import { paidRedemptions } from "./mall/paid.ts";

export const subscribers: readonly Subscriber[] = [...earning, paidRedemptions, lifecycleSubscriber];
