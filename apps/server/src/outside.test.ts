import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startFakeAliyunSms } from "../test/fakes/sms.ts";
import { readConfig } from "./kernel/config.ts";
import { createLog } from "./kernel/log.ts";
import { notConfigured, outsideWorld } from "./outside.ts";

const account = {
  ALIYUN_SMS_ACCESS_KEY_ID: "LTAI5tExample", ALIYUN_SMS_ACCESS_KEY_SECRET: "secret", ALIYUN_SMS_SIGN_NAME: "熟客", ALIYUN_SMS_CODE_TEMPLATE: "SMS_154950909",
};
const code = { phone: "+8613912340001", template: "phone-code", params: { code: "048213" } };
const open = (env: Record<string, string>) => outsideWorld(readConfig(env), createLog("silent"));

test("phone codes go out through the SMS account that the environment names, signed, with the provider's template", async () => {
  const aliyun = await startFakeAliyunSms();
  const env = { ...account, ALIYUN_SMS_ACCESS_KEY_ID: aliyun.account.accessKeyId, ALIYUN_SMS_ACCESS_KEY_SECRET: aliyun.account.accessKeySecret, ALIYUN_SMS_URL: aliyun.url };
  try {
    await open(env).sms.send(code);
    expect(aliyun.sent).toMatchObject([{ phone: "13912340001", template: "SMS_154950909", signName: "熟客", params: { code: "048213" } }]);
    await expect(open({ ...env, ALIYUN_SMS_ACCESS_KEY_SECRET: "another" }).sms.send({ ...code, phone: "+8613912340002" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const { ALIYUN_SMS_ACCESS_KEY_SECRET: secret, ...rest } = env;
    const file = join(mkdtempSync(join(tmpdir(), "shuke-sms-")), "secret");
    writeFileSync(file, `${secret}\n`);
    await open({ ...rest, ALIYUN_SMS_ACCESS_KEY_SECRET_FILE: file }).sms.send({ ...code, phone: "+8613912340003" });
    expect(aliyun.sent).toHaveLength(2);
    const reminder = { phone: "+8613912340004", template: "coupon-expiring", params: { coupon: "满100减20", count: "2", day: "2026-11-30" } };
    await expect(open(env).sms.send(reminder)).rejects.toSatisfy(notConfigured.is);
    await open({ ...env, ALIYUN_SMS_COUPON_TEMPLATE: "SMS_154950910" }).sms.send(reminder);
    expect(aliyun.sent.at(-1)).toMatchObject({ template: "SMS_154950910", params: reminder.params });
  } finally {
    await aliyun.close();
  }
});

test("half an SMS account, or one with a wrong template, keeps the server from starting and is named", () => {
  const { ALIYUN_SMS_SIGN_NAME: _, ALIYUN_SMS_ACCESS_KEY_SECRET: secret, ...half } = account;
  expect(() => readConfig(half)).toThrow(/ALIYUN_SMS_SIGN_NAME[\s\S]*ALIYUN_SMS_ACCESS_KEY_SECRET/);
  expect(() => readConfig({ ALIYUN_SMS_ACCESS_KEY_SECRET: secret })).toThrow("ALIYUN_SMS_ACCESS_KEY_ID");
  expect(() => readConfig({ ...account, ALIYUN_SMS_ACCESS_KEY_SECRET_FILE: "/run/secret" })).toThrow("one place");
  expect(() => readConfig({ ...account, ALIYUN_SMS_CODE_TEMPLATE: "154950909" })).toThrow("ALIYUN_SMS_CODE_TEMPLATE");
  expect(() => readConfig({ ...account, ALIYUN_SMS_COUPON_TEMPLATE: "154950910" })).toThrow("ALIYUN_SMS_COUPON_TEMPLATE");
  expect(() => readConfig({ ALIYUN_SMS_COUPON_TEMPLATE: "SMS_154950910" })).toThrow("ALIYUN_SMS_ACCESS_KEY_ID");
  expect(() => readConfig({ ...account, ALIYUN_SMS_SIGN_NAME: "【熟客】" })).toThrow("ALIYUN_SMS_SIGN_NAME");
});

test("without an account the sandbox prints, and without a sandbox nothing is sent", async () => {
  await expect(open({}).sms.send(code)).resolves.toMatchObject({ providerId: expect.stringMatching(/^log-/) });
  await expect(open({ SHUKE_SANDBOX: "false" }).sms.send(code)).rejects.toSatisfy(notConfigured.is);
});
