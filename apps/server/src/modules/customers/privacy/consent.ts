import { fieldProblem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";

/** What somebody's data is used for. Without `membership` there is no member; the others are free to refuse. */
export const PURPOSES = ["membership", "marketing-sms", "marketing-wechat", "profiling"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What is agreed to until the brand writes its own. */
const FIRST_TEXTS: Readonly<Record<Purpose, string>> = {
  membership: "我们保存您的手机号、姓名、生日、消费和权益记录，用来认出您、计算积分和等级、兑现储值与券。不用于其他目的，注销后删除。",
  "marketing-sms": "我们会用短信告诉您优惠和活动。您可以随时关闭，或回复 TD 退订。",
  "marketing-wechat": "我们会用微信消息告诉您优惠和活动。您可以随时关闭。",
  profiling: "我们会根据您的消费和偏好推荐菜品与优惠。关闭后您看到的内容与所有人一样。",
};

export interface Policy {
  purpose: Purpose;
  version: number;
  text: string;
  publishedAt: string | null;
}

export async function listPolicies(scope: Scope): Promise<Policy[]> {
  const rows = await scope.tx.rows<{ purpose: Purpose; version: number; text: string; published_at: Date }>(
    "select distinct on (purpose) purpose, version, text, published_at from customers.policy where tenant_id = $1 order by purpose, version desc", [scope.tenantId]);
  const own = new Map(rows.map((row) => [row.purpose, { purpose: row.purpose, version: row.version, text: row.text, publishedAt: row.published_at.toISOString() }]));
  // Versions of the brand's own begin with 2: what was agreed to before was the first text.
  return PURPOSES.map((purpose) => own.get(purpose) ?? { purpose, version: 1, text: FIRST_TEXTS[purpose], publishedAt: null });
}

/** A new text for a purpose: members are asked again. */
export async function publishPolicy(scope: Scope, purpose: Purpose, text: string): Promise<Policy[]> {
  await scope.tx.rows(
    `insert into customers.policy (tenant_id, purpose, version, text, published_at, by_actor)
     select $1, $2, coalesce(max(version), 1) + 1, $3, $4, $5 from customers.policy where tenant_id = $1 and purpose = $2`,
    [scope.tenantId, purpose, text, scope.now, actorRef(scope.actor)]);
  audit(scope, { action: "policy.publish", subjectKind: "policy", subjectId: purpose, after: { text } });
  return listPolicies(scope);
}

export interface Consent {
  purpose: Purpose;
  /** `null`: never asked. */
  given: boolean | null;
  /** The version that was answered, and the one in force: where they differ, the member is asked again. */
  version: number | null;
  currentVersion: number;
  text: string;
  at: string | null;
}

export async function listConsents(scope: Scope, memberId: string): Promise<Consent[]> {
  const rows = await scope.tx.rows<{ purpose: string; given: boolean; version: number; at: Date }>(
    "select distinct on (purpose) purpose, given, version, at from customers.consent where tenant_id = $1 and member_id = $2 order by purpose, id desc", [scope.tenantId, memberId]);
  const said = new Map(rows.map((row) => [row.purpose, row]));
  return (await listPolicies(scope)).map(({ purpose, version: currentVersion, text }) => {
    const last = said.get(purpose);
    return { purpose, given: last?.given ?? null, version: last?.version ?? null, currentVersion, text, at: last?.at.toISOString() ?? null };
  });
}

/** A yes or a no to the text that was shown. Throws where that is not the one in force any more. */
export async function sayConsent(scope: Scope, memberId: string, { purpose, version, given }: { purpose: Purpose; version: number; given: boolean }): Promise<Consent[]> {
  const current = (await listPolicies(scope)).find((one) => one.purpose === purpose);
  if (current?.version !== version) throw fieldProblem("version", "outdated", `the text in force is version ${current?.version ?? 0}`);
  if (purpose === "membership" && !given) throw fieldProblem("given", "needed", "without it there is no membership: delete the account instead");
  await writeConsent(scope, memberId, { purpose, version, given });
  return listConsents(scope, memberId);
}

export async function agreeByJoining(scope: Scope, memberId: string): Promise<void> {
  const version = (await listPolicies(scope)).find((one) => one.purpose === "membership")?.version ?? 1;
  await writeConsent(scope, memberId, { purpose: "membership", version, given: true });
}

const writeConsent = (scope: Scope, memberId: string, said: { purpose: Purpose; version: number; given: boolean }): Promise<unknown> =>
  scope.tx.db.insertInto("customers.consent").values({ id: newId(scope), member_id: memberId, ...said, at: scope.now, by_actor: actorRef(scope.actor) }).execute();
