import type { ApprovalKind, Approvals, ApprovalWaiting } from "../../../kernel/approval.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { applyPack, feasiblePlan } from "./apply.ts";
import { readPack, type PackWish } from "./pack.schema.ts";
import { planPack } from "./plan.ts";
import type { Sections } from "./section.ts";

/** Applies at once and answers the run, or asks whoever has to agree. What could not be done now is not asked for. */
export async function applyOrAsk(scope: Scope, approvals: Approvals, sections: Sections, { reason, ...wish }: PackWish & { reason: string }): Promise<string | { waiting: ApprovalWaiting }> {
  if (await approvals.isGoverned(scope, "pack")) {
    const { steps } = await feasiblePlan(scope, sections, wish);
    const waiting = await approvals.ask(scope, { kind: "pack", payload: wish, amount: steps.length, reason });
    if (waiting) return { waiting };
  }
  return applyPack(scope, sections, wish);
}

export const packApproval = (sections: Sections) => ({
  kind: "pack",
  names: { zh: "应用业务线模板", en: "Apply a pack" },
  can: "objects.manage",
  unit: "changes",
  defaultSteps: [],
  async describe(scope: Scope, wish: PackWish) {
    const pack = readPack(wish, sections);
    const steps = await planPack(scope, sections, pack, wish.withDemo);
    const many = (action: string) => steps.filter((step) => step.action === action).length;
    const count = (zh: string, en: string, value: number) => ({ label: { zh, en }, unit: "count" as const, value });
    return {
      title: { zh: `应用业务线模板 ${pack.name}（第 ${pack.version} 版）`, en: `Apply the pack ${pack.nameEn ?? pack.name}, version ${pack.version}` },
      link: { kind: "pack" as const, id: pack.pack },
      facts: [count("新增", "To be made", many("create")), count("修改", "To be changed", many("change")), count("冲突", "Contradictions", many("conflict"))],
    };
  },
  async carryOut(scope: Scope, { payload }: { payload: PackWish }) {
    await applyPack(scope, sections, payload);
  },
}) as const satisfies ApprovalKind;
