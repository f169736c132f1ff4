import { commentSubjects } from "../app.ts";
import type { Actor, Scope } from "../kernel/scope.ts";
import { addAnnouncement, publishAnnouncement, withdrawAnnouncement } from "../modules/platform/announcement/announcement.ts";
import { addComment } from "../modules/platform/comment/comment.ts";
import { notify } from "../modules/platform/index.ts";
import type { Cast } from "./decisions.ts";

const DAY_MS = 86_400_000;
const everybody = { roleIds: [], unitIds: [], isPinned: false, needsConfirmation: false };
type Staff = Extract<Actor, { kind: "staff" }>;

/** What colleagues have said to each other and were told by the end of the story. */
export async function talk(scope: Scope, { brand, guests, places }: Cast): Promise<void> {
  const [first] = guests.filter((guest) => guest.cast !== undefined && places.memberIds.has(guest.phone));
  const boss = await bossOf(scope, brand.admin.account);
  const [manager, cashier] = [places.managers.get(first?.store ?? ""), places.cashiers.get(first?.store ?? "")].map((actor) => (actor?.kind === "staff" ? { ...actor, permissions: new Set(["members.read"]) } : undefined));
  if (first && manager && cashier) await discuss(scope, places.memberIds.get(first.phone) ?? "", { boss, manager, cashier });
  const asBoss = { ...scope, actor: boss };
  const holiday = await addAnnouncement(asBoss, {
    ...everybody, title: "周末营业时间调整", body: "本周五至周日全部门店营业到 23:00。\n请店长今天之内排好班，并在这里确认。", fromAt: null, untilAt: new Date(scope.now.getTime() + 7 * DAY_MS).toISOString(),
    isPinned: true, needsConfirmation: true,
  });
  await publishAnnouncement(asBoss, holiday);
  const old = await addAnnouncement(asBoss, { ...everybody, title: "收银台扫码枪更换", body: "旧枪请寄回总部。", fromAt: null, untilAt: null });
  await publishAnnouncement(asBoss, old);
  await withdrawAnnouncement(asBoss, old);
  await notify(scope, { staffIds: [boss.staffId] }, { kind: "run", title: "duplicates.found", params: { found: 3 }, link: "/duplicates" });
}

/** About the first of the cast; the head office is asked in. */
async function discuss(scope: Scope, memberId: string, { boss, manager, cashier }: Record<"boss" | "manager" | "cashier", Staff>): Promise<void> {
  const about = { subjectKind: "member", subjectId: memberId };
  const root = await addComment({ ...scope, actor: manager }, commentSubjects, { ...about, body: "老客人，爱坐靠窗的位子，花生过敏，点单时提醒后厨。", mentions: [] });
  await addComment({ ...scope, actor: cashier }, commentSubjects, { ...about, body: "收到，已经贴在前台。", mentions: [], replyTo: root });
  await addComment({ ...scope, actor: manager }, commentSubjects, { ...about, body: `@${boss.name} 这位客人想把公司聚餐都定在我们店，能不能给一个专属折扣？👍`, mentions: [boss.staffId] });
}

async function bossOf(scope: Scope, account: string): Promise<Staff> {
  const found = await scope.tx.db.selectFrom("org.staff").select(["id", "name"]).where("account", "=", account).executeTakeFirstOrThrow();
  return { kind: "staff", staffId: found.id as Staff["staffId"], name: found.name, permissions: new Set(["announcements.manage"]), sessionId: "", dataScope: { kind: "all", storeIds: null, roots: null } };
}
