import { crc32, deflateSync } from "node:zlib";

const [WIDTH, HEIGHT] = [320, 240];

/** A plate on a coloured cloth, as a PNG of a few kilobytes: the mall of the story needs pictures, and these are nobody's. */
export function platePicture(cloth: readonly [number, number, number], food: readonly [number, number, number]): string {
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const radius = Math.hypot(x - WIDTH / 2, (y - HEIGHT / 2) * 1.05);
      const shade = 1 - (y / HEIGHT) * 0.25;
      const colour = radius < 62 ? food.map((part) => part * (1 - radius / 300)) : radius < 92 ? [250, 247, 240].map((part) => part * (radius > 88 ? 0.9 : 1)) : cloth.map((part) => part * shade);
      colour.forEach((part, at) => (rows[y * (WIDTH * 3 + 1) + 1 + x * 3 + at] = Math.round(part)));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]).toString("base64");
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
