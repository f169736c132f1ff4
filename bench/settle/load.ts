import { connect, type Socket } from "node:net";

/**
 * The callers: so many connections, each sending its next order as soon as the last is answered, for so many seconds.
 * Bare sockets, so that on a shared machine the generator costs little. Reads its plan as JSON from the first argument and
 * prints one line of JSON.
 */
interface Plan {
  port: number;
  token: string;
  storeId: string;
  connections: number;
  seconds: number;
  /** distinguishes runs */
  run: string;
  /** coupons as [member, coupon]; each is used once */
  coupons: [string, string][];
}

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const plan = JSON.parse(Buffer.concat(chunks).toString()) as Plan;

const MENU = [
  { lineId: "1", sku: "S1", name: "毛肚", category: "荤菜", quantity: 1, unitPriceFen: 5_000 },
  { lineId: "2", sku: "S2", name: "鸭血", category: "荤菜", quantity: 2, unitPriceFen: 1_500 },
  { lineId: "3", sku: "S3", name: "酸梅汤", category: "饮品", quantity: 1, unitPriceFen: 2_000 },
];
let next = 0;
let stopAt = Infinity;
const times: number[] = [];
const answers = new Map<number, number>();
const failures: string[] = [];

function request(): Buffer | undefined {
  const coupon = plan.coupons[next];
  if (!coupon || performance.now() >= stopAt) return undefined;
  const orderId = `${plan.run}-${next++}`;
  const body = JSON.stringify({
    storeId: plan.storeId, channel: "pos", memberId: coupon[0], couponIds: [coupon[1]], lines: MENU,
    tenders: [{ kind: "points", points: 100 }, { kind: "stored-value" }],
  });
  return Buffer.from(
    `POST /v1/quotes/${orderId}:commit HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${plan.token}\r\nidempotency-key: ${orderId}-key\r\n` +
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function caller(): Promise<void> {
  return new Promise((done, fail) => {
    const socket: Socket = connect(plan.port, "127.0.0.1");
    socket.setNoDelay(true);
    let sentAt = 0;
    let received = Buffer.alloc(0);
    const send = () => {
      const text = request();
      if (!text) return void socket.end(() => done());
      sentAt = performance.now();
      socket.write(text);
    };
    socket.on("connect", send);
    socket.on("error", fail);
    socket.on("data", (data) => {
      received = received.length === 0 ? data : Buffer.concat([received, data]);
      const head = received.indexOf("\r\n\r\n");
      if (head < 0) return;
      const text = received.toString("latin1", 0, head);
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      const status = Number(text.slice(9, 12));
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status !== 200 && failures.length < 3) failures.push(received.toString("utf8", head + 4));
      times.push(performance.now() - sentAt);
      received = Buffer.alloc(0);
      send();
    });
  });
}

const startedAt = performance.now();
stopAt = startedAt + plan.seconds * 1_000;
await Promise.all(Array.from({ length: plan.connections }, caller));
const seconds = (performance.now() - startedAt) / 1_000;
times.sort((a, b) => a - b);
const at = (share: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
console.log(JSON.stringify({
  connections: plan.connections, orders: answers.get(200) ?? 0, seconds, ordersPerSecond: Math.round((answers.get(200) ?? 0) / seconds),
  p50: at(0.5), p99: at(0.99), worst: at(1), answers: Object.fromEntries(answers), used: next, failures,
}));
