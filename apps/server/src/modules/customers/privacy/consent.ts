import { fieldProblem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";

/** What somebody's data is used for. Without `membership` there is no member; the others are free to refuse. */
export const PURPOSES = ["membership", "marketing-sms", "marketing-wechat", "profiling"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What is agreed to until the brand writes its own. */
const FIRST_TEXTS: Readonly<Record<Purpose, { text: string; textEn: string }>> = {
  membership: {
    text: "我们保存您的手机号、姓名、生日、消费和权益记录，用来认出您、计算积分和等级、兑现储值与券。不用于其他目的，注销后删除。",
    textEn: "We keep your phone number, name, birthday, purchases and benefits to recognise you, to count points and tiers, and to honour stored value and coupons. Not for anything else; deleted when you leave.",
  },
  "marketing-sms": { text: "我们会用短信告诉您优惠和活动。您可以随时关闭，或回复 TD 退订。", textEn: "We tell you of offers by text message. You may switch this off at any time, or answer TD." },
  "marketing-wechat": { text: "我们会用微信消息告诉您优惠和活动。您可以随时关闭。", textEn: "We tell you of offers by WeChat message. You may switch this off at any time." },
  profiling: { text: "我们会根据您的消费和偏好推荐菜品与优惠。关闭后您看到的内容与所有人一样。", textEn: "We recommend dishes and offers by what you bought and like. Switched off, you see what everybody sees." },
};

export interface Policy {
  purpose: Purpose;
  version: number;
  text: string;
  /** Empty where the brand has written no English. */
  textEn: string;
  publishedAt: string | null;
}

export async function listPolicies(scope: Scope): Promise<Policy[]> {
  const rows = await scope.tx.rows<{ purpose: Purpose; version: number; text: string; text_en: string; published_at: Date }>(
    "select distinct on (purpose) purpose, version, text, text_en, published_at from customers.policy where tenant_id = $1 order by purpose, version desc", [scope.tenantId]);
  const own = new Map(rows.map((row) => [row.purpose, { purpose: row.purpose, version: row.version, text: row.text, textEn: row.text_en, publishedAt: row.published_at.toISOString() }]));
  // Versions of the brand's own begin with 2: what was agreed to before was the first text.
  return PURPOSES.map((purpose) => own.get(purpose) ?? { purpose, version: 1, ...FIRST_TEXTS[purpose], publishedAt: null });
}

/** A new text for a purpose: members are asked again. */
export async function publishPolicy(scope: Scope, { purpose, text, textEn }: Pick<Policy, "purpose" | "text" | "textEn">): Promise<Policy[]> {
  await scope.tx.rows(
    `insert into customers.policy (tenant_id, purpose, version, text, published_at, by_actor, text_en)
     select $1, $2, coalesce(max(version), 1) + 1, $3, $4, $5, $6 from customers.policy where tenant_id = $1 and purpose = $2`,
    [scope.tenantId, purpose, text, scope.now, actorRef(scope.actor), textEn]);
  audit(scope, { action: "policy.publish", subjectKind: "policy", subjectId: purpose, after: { text, textEn } });
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
  textEn: string;
  at: string | null;
}

export async function listConsents(scope: Scope, memberId: string): Promise<Consent[]> {
  const rows = await scope.tx.rows<{ purpose: string; given: boolean; version: number; at: Date }>(
    "select distinct on (purpose) purpose, given, version, at from customers.consent where tenant_id = $1 and member_id = $2 order by purpose, id desc", [scope.tenantId, memberId]);
  const said = new Map(rows.map((row) => [row.purpose, row]));
  return (await listPolicies(scope)).map(({ purpose, version: currentVersion, text, textEn }) => {
    const last = said.get(purpose);
    return { purpose, given: last?.given ?? null, version: last?.version ?? null, currentVersion, text, textEn, at: last?.at.toISOString() ?? null };
  });
}

/**
 * Whom of these may be written to for a purpose: active members whose last word is yes, to the text in force. A yes to an earlier text
 * does not count: a new one asks again.
 */
export async function mayReach({ tx, tenantId }: Scope, memberIds: readonly string[], purpose: Purpose): Promise<ReadonlySet<string>> {
  if (memberIds.length === 0) return new Set();
  const rows = await tx.rows<{ member_id: string }>(
    `select c.member_id from (select distinct on (member_id) member_id, given, version from customers.consent
        where tenant_id = $1 and member_id = any($2::uuid[]) and purpose = $3 order by member_id, id desc) as c
       join customers.member m on m.tenant_id = $1 and m.id = c.member_id and m.state = 'active'
      where c.given and c.version >= (select coalesce(max(p.version), 1) from customers.policy p where p.tenant_id = $1 and p.purpose = $3)`, [tenantId, memberIds, purpose]);
  return new Set(rows.map((row) => row.member_id));
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
