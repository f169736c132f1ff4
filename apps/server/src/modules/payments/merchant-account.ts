import { createPrivateKey, createPublicKey } from "node:crypto";
import { audit } from "../../kernel/audit.ts";
import type { Database } from "../../kernel/db/database.ts";
import { fieldProblem, notFound } from "../../kernel/problem.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import type { MerchantAccountView, MerchantAccountWish } from "./merchant-account.schema.ts";
import type { PayingWorld } from "./parts.ts";
import type { IssuedMerchant, WechatPayClient } from "./wechat-pay/index.ts";

interface Row {
  merchant_id: string;
  app_id: string;
  certificate_serial: string;
  public_key_id: string;
  public_key_pem: string;
  papay_plan_id: number | null;
  secrets_sealed: Buffer;
  by_actor: string;
  at: Date;
}

type Secrets = Pick<IssuedMerchant, "privateKeyPem" | "apiV3Key">;

const sealedAs = (merchantId: string) => `payments.merchant-account.${merchantId}`;

const SELECT = `select merchant_id, app_id, certificate_serial, public_key_id, public_key_pem, papay_plan_id, secrets_sealed, by_actor, at
  from payments.merchant_account where tenant_id = $1`;

/** The account that new payments go to; nothing: the installation's. Never with its secrets. */
export async function findMerchantAccount({ tx, tenantId }: Scope): Promise<MerchantAccountView | null> {
  const [row] = await tx.rows<Row>(`${SELECT} and is_current`, [tenantId]);
  return row ? {
    merchantId: row.merchant_id, appId: row.app_id, certificateSerial: row.certificate_serial, publicKeyId: row.public_key_id, publicKeyPem: row.public_key_pem,
    papayPlanId: row.papay_plan_id, by: row.by_actor, at: row.at.toISOString(),
  } : null;
}

export const currentMerchantId = async (scope: Scope): Promise<string | null> => (await findMerchantAccount(scope))?.merchantId ?? null;

/** Lets new payments go to this account. A secret that is left out stays as it is kept for the same merchant number. */
export async function setMerchantAccount(scope: Scope, wish: MerchantAccountWish): Promise<MerchantAccountView | null> {
  const { tx, tenantId, vault } = scope;
  const [before] = await tx.rows<Row>(`${SELECT} and merchant_id = $2 for update`, [tenantId, wish.merchantId]);
  const kept = before && (JSON.parse(vault.open(before.secrets_sealed, sealedAs(wish.merchantId))) as Secrets);
  const { privateKeyPem = kept?.privateKeyPem, apiV3Key = kept?.apiV3Key } = wish;
  if (!privateKeyPem) throw fieldProblem("privateKeyPem", "required", "give the merchant's private key (apiclient_key.pem)");
  if (!apiV3Key) throw fieldProblem("apiV3Key", "required", "give the APIv3 key");
  refuseBadKey("privateKeyPem", () => createPrivateKey(privateKeyPem));
  refuseBadKey("publicKeyPem", () => createPublicKey(wish.publicKeyPem));
  await dropCurrent(scope);
  await tx.rows(
    `insert into payments.merchant_account (tenant_id, merchant_id, app_id, certificate_serial, public_key_id, public_key_pem, papay_plan_id, secrets_sealed, by_actor, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (tenant_id, merchant_id) do update set app_id = excluded.app_id, certificate_serial = excluded.certificate_serial, public_key_id = excluded.public_key_id,
       public_key_pem = excluded.public_key_pem, papay_plan_id = excluded.papay_plan_id, secrets_sealed = excluded.secrets_sealed, is_current = true,
       by_actor = excluded.by_actor, at = excluded.at returning 1`,
    [tenantId, wish.merchantId, wish.appId, wish.certificateSerial, wish.publicKeyId, wish.publicKeyPem, wish.papayPlanId ?? null,
      vault.seal(JSON.stringify({ privateKeyPem, apiV3Key } satisfies Secrets), sealedAs(wish.merchantId)), actorRef(scope.actor), scope.now]);
  audit(scope, {
    action: "merchant-account.set", subjectKind: "merchant-account", subjectId: wish.merchantId,
    after: { appId: wish.appId, certificateSerial: wish.certificateSerial, publicKeyId: wish.publicKeyId, newSecrets: [wish.privateKeyPem && "privateKeyPem", wish.apiV3Key && "apiV3Key"].filter(Boolean) },
  });
  return findMerchantAccount(scope);
}

function refuseBadKey(field: string, read: () => unknown): void {
  try {
    read();
  } catch {
    throw fieldProblem(field, "invalid", "is not a key in PEM form");
  }
}

/** New payments go to the installation's account again. Throws `notFound`. */
export async function dropMerchantAccount(scope: Scope): Promise<void> {
  const merchantId = await dropCurrent(scope);
  if (!merchantId) throw notFound({ detail: "There is no merchant account of one's own" });
  audit(scope, { action: "merchant-account.drop", subjectKind: "merchant-account", subjectId: merchantId });
}

async function dropCurrent({ tx, tenantId }: Scope): Promise<string | undefined> {
  const [row] = await tx.rows<{ merchant_id: string }>("update payments.merchant_account set is_current = false where tenant_id = $1 and is_current returning merchant_id", [tenantId]);
  return row?.merchant_id;
}

/** WeChat Pay as the tenant's account sees it; null: as the installation's. Opens a scope of its own. */
export async function payClient(outside: PayingWorld, database: Database, tenantId: string, merchantId: string | null): Promise<WechatPayClient> {
  if (merchantId === null) return outside.pay;
  const account = await database.inScope({ tenantId, actor: { kind: "system", name: "wechat-pay" } }, (scope) => openAccount(scope, "merchant_id", merchantId));
  if (!account) throw new Error(`Merchant account ${merchantId} is missing`);
  return outside.payFor(account);
}

/** Whose platform key signed a notification: one of the tenant's accounts, or nobody's that we know. */
export const findAccountOfKey = (scope: Scope, publicKeyId: string): Promise<IssuedMerchant | undefined> => openAccount(scope, "public_key_id", publicKeyId);

async function openAccount({ tx, tenantId, vault }: Scope, by: "merchant_id" | "public_key_id", value: string): Promise<IssuedMerchant | undefined> {
  const [row] = await tx.rows<Row>(`${SELECT} and ${by} = $2 order by at desc limit 1`, [tenantId, value]);
  return row && {
    merchantId: row.merchant_id, appId: row.app_id, certificateSerial: row.certificate_serial, publicKeyId: row.public_key_id, publicKeyPem: row.public_key_pem,
    ...(row.papay_plan_id !== null && { papayPlanId: row.papay_plan_id }), ...(JSON.parse(vault.open(row.secrets_sealed, sealedAs(row.merchant_id))) as Secrets),
  };
}
