import { auditActions } from "./audit-actions.ts";
import { commerce } from "./commerce.ts";
import { coupon } from "./coupon.ts";
import { identity } from "./identity.ts";
import { loyalty } from "./loyalty.ts";
import { mall } from "./mall.ts";
import { members } from "./members.ts";
import { model } from "./model.ts";
import { organisation } from "./organisation.ts";
import { prepaid } from "./prepaid.ts";
import { privacy } from "./privacy.ts";
import { problems } from "./problems.ts";
import { programme } from "./programme.ts";
import { rule } from "./rule.ts";
import { shell } from "./shell.ts";
import { trial } from "./trial.ts";

export const dictionary = { ...shell, ...members, ...identity, ...privacy, ...mall, ...programme, ...loyalty, ...commerce, ...organisation, ...model, ...prepaid, ...rule, ...coupon, ...trial, problem: problems, auditAction: auditActions };
