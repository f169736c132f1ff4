import { auditActions } from "./audit-actions.ts";
import { commerce } from "./commerce.ts";
import { loyalty } from "./loyalty.ts";
import { members } from "./members.ts";
import { organisation } from "./organisation.ts";
import { problems } from "./problems.ts";
import { programme } from "./programme.ts";
import { rule } from "./rule.ts";
import { shell } from "./shell.ts";

export const dictionary = { ...shell, ...members, ...programme, ...loyalty, ...commerce, ...organisation, ...rule, problem: problems, auditAction: auditActions };
