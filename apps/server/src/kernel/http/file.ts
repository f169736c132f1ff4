import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

export interface SentFile {
  /** In any script. */
  name: string;
  mediaType: string;
  bytes: Buffer | Readable;
}

/** Answers with a file to keep. What a direct route returns: it is over when the last byte has gone. */
export const sendFile = (reply: FastifyReply, { name, mediaType, bytes }: SentFile): FastifyReply =>
  reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`).header("cache-control", "no-store").type(mediaType).send(bytes);
