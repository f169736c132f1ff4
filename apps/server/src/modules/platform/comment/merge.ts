import type { Scope } from "../../../kernel/scope.ts";

interface Pair {
  survivorId: string;
  absorbedId: string;
}

const count = async ({ tx, tenantId }: Scope, memberId: string): Promise<number> => {
  const [row] = await tx.rows<{ count: number }>("select count(*)::int as count from platform.comment where tenant_id = $1 and subject_kind = 'member' and subject_id = $2 and deleted_at is null", [tenantId, memberId]);
  return row?.count ?? 0;
};

/** The thread about a member follows into a merge, and what was said about whom before comes back apart, with its answers. */
export const mergeStep = {
  module: "platform",
  async preview(scope: Scope, { survivorId, absorbedId }: Pair) {
    const [survivor, absorbed] = [await count(scope, survivorId), await count(scope, absorbedId)];
    return { lines: absorbed > 0 ? [{ what: "comments", survivor, absorbed, after: survivor + absorbed }] : [], blockers: [] };
  },
  async merge({ tx, tenantId }: Scope, { survivorId, absorbedId }: Pair): Promise<{ comments: string[] }> {
    const moved = await tx.rows<{ id: string }>("update platform.comment set subject_id = $3 where tenant_id = $1 and subject_kind = 'member' and subject_id = $2 returning id", [tenantId, absorbedId, survivorId]);
    return { comments: moved.map((row) => row.id) };
  },
  async undo({ tx, tenantId }: Scope, { survivorId, absorbedId }: Pair, { comments }: { comments: string[] }): Promise<void> {
    await tx.rows(
      "update platform.comment set subject_id = $3 where tenant_id = $1 and subject_kind = 'member' and subject_id = $2 and (id = any($4::uuid[]) or root_id = any($4::uuid[]))",
      [tenantId, survivorId, absorbedId, comments]);
  },
};
