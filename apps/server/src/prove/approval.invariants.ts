import type { Invariant } from "./invariants.ts";

/** Of what somebody else has to agree to; that each kind moved once is proved where it moves. */
export const approvalInvariants: readonly Invariant[] = [
  {
    name: "what was carried out was agreed to at its last step, by somebody else, and what waits is not decided at its open step",
    sql: `select r.tenant_id, r.id, r.state, r.step_no from platform.approval_request r
            left join lateral (select count(*) filter (where s.state = 'approved') as agreed, count(*) filter (where s.state = 'rejected') as refused, bool_or(s.decided_by = r.asked_by) as own
                                 from platform.approval_seat s where s.tenant_id = r.tenant_id and s.request_id = r.id and s.step_no = r.step_no) s on true
           where s.own or (r.state = 'approved' and (s.agreed = 0 or r.step_no <> jsonb_array_length(r.steps) - 1)) or (r.state <> 'rejected' and s.refused > 0)
              or (r.state = 'waiting' and s.agreed > 0 and r.round = 0 and r.steps -> r.step_no ->> 'mode' = 'any')`,
  },
];
