import { audit } from "../../../kernel/audit.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";

const MAX_BYTES = 200 * 1024;

/** By what the bytes begin with: a file's name and its declared type are the sender's word only, and SVG can carry scripts. */
function mediaTypeOf(bytes: Buffer): "image/jpeg" | "image/png" | "image/webp" | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return "image/png";
  if (bytes.subarray(0, 4).toString("latin1") === "RIFF" && bytes.subarray(8, 12).toString("latin1") === "WEBP") return "image/webp";
  return undefined;
}

/** Keeps a picture. It never changes: another picture is another id, so that it may be cached for ever. */
export async function addPicture(scope: Scope, base64: string): Promise<{ id: string; mediaType: string; size: number }> {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw fieldProblem("base64", "invalid", "is not base64");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > MAX_BYTES) throw fieldProblem("base64", "too-large", `is larger than ${MAX_BYTES} bytes`);
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType) throw fieldProblem("base64", "not-a-picture", "is no JPEG, PNG or WebP");
  const id = newId<"mall-picture">(scope);
  await scope.tx.db.insertInto("loyalty.mall_picture").values({ id, media_type: mediaType, bytes, added_by: actorRef(scope.actor), added_at: scope.now }).execute();
  audit(scope, { action: "mall-picture.add", subjectKind: "mall-picture", subjectId: id, after: { mediaType, size: bytes.length } });
  return { id, mediaType, size: bytes.length };
}

export async function getPicture(scope: Scope, id: string): Promise<{ mediaType: string; bytes: Buffer }> {
  const row = await scope.tx.db.selectFrom("loyalty.mall_picture").select(["media_type", "bytes"]).where("id", "=", id).executeTakeFirst();
  if (!row) throw notFound({ detail: "No such picture" });
  return { mediaType: row.media_type, bytes: row.bytes };
}
