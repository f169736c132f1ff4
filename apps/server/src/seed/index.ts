import type { Installation } from "../installation.ts";
import { hashPassword } from "../modules/org/index.ts";
import type { Login } from "../story.ts";
import { bakery } from "./bakery.ts";
import { hotpot } from "./hotpot.ts";
import { platform, sellers, tellPlatform } from "./platform.ts";
import { Telling } from "./telling.ts";

const PASSWORD = "shuke-demo";

/** Who can sign in to look around; every account of the story has this password. */
export const logins: readonly Login[] = [
  { brand: hotpot.code, account: hotpot.admin.account, password: PASSWORD, role: `${hotpot.name} 管理员 · admin` },
  { brand: hotpot.code, account: "xinan", password: PASSWORD, role: `${hotpot.name} 区域经理 · regional manager` },
  { brand: hotpot.code, account: "dz-cd01", password: PASSWORD, role: `${hotpot.name} 春熙路店长 · store manager` },
  { brand: hotpot.code, account: "sy-cd01", password: PASSWORD, role: `${hotpot.name} 春熙路收银 · cashier` },
  { brand: bakery.code, account: bakery.admin.account, password: PASSWORD, role: `${bakery.name} 管理员 · admin` },
  { brand: platform.code, account: platform.admin.account, password: PASSWORD, role: `${platform.name} 管理员 · admin` },
  { brand: platform.code, account: sellers[0].account, password: PASSWORD, role: `${platform.name} 业务拓展 · sales` },
  { brand: platform.code, account: sellers[2].account, password: PASSWORD, role: `${platform.name} 拓展主管 · sales lead` },
];

/** Tells the story of two brands and of a platform that wins merchants, each in its own tenant; goes on where an earlier telling was killed. */
export async function seedStory(installation: Installation): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await Promise.all([...[hotpot, bakery].map(async (brand) => (await Telling.open(installation, brand, passwordHash)).tell(passwordHash)), tellPlatform(installation, passwordHash)]);
}
