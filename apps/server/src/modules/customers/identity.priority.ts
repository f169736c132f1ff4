import { mainlandMobile } from "./phone.ts";
import type { Identity, IdentityKind } from "./identity.ts";

/**
 * What somebody brings, from the most to the least telling: a unionid is one person in all apps of a brand, a phone whose code was typed
 * is in somebody's hand, a device is lent, and an external id is only as good as the system that sends it.
 */
const ORDER: readonly string[] = ["wechat-unionid", "alipay", "verified phone", "wechat-openid", "phone", "email", "card", "device", "external"];

export const priorityOf = ({ kind, isVerified }: Pick<Identity, "kind" | "isVerified">): number =>
  ORDER.indexOf(kind === "phone" && isVerified ? "verified phone" : kind);

export const identityKinds = ["wechat-unionid", "alipay", "phone", "wechat-openid", "email", "card", "device", "external"] as const satisfies readonly IdentityKind[];

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@]{2,}$/;

/** A value as it is kept, or nothing where it cannot be one of its kind. */
export function readIdentity(kind: IdentityKind, typed: string): string | undefined {
  const text = typed.normalize("NFKC").trim();
  if (kind === "phone") return mainlandMobile(text);
  if (kind === "email") return EMAIL.test(text) ? text.toLowerCase() : undefined;
  return text.length > 0 && text.length <= 128 ? text : undefined;
}
