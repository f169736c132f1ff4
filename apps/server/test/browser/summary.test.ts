import { expect, test } from "vitest";
import { visits } from "../objects.ts";
import { expectShown, openShop, PHONE } from "./shop.ts";

const shop = await openShop(async (tenant) => {
  const { add } = await visits(tenant, [
    { key: "stage", name: "阶段", kind: "choice", isFilterable: true, settings: { options: [{ key: "talk", name: "洽谈" }, { key: "signed", name: "签约" }] } },
    { key: "wants", name: "想要", kind: "choices", isFilterable: true, settings: { options: [{ key: "wifi", name: "无线" }, { key: "pos", name: "收银" }] } },
    { key: "fee", name: "费用", kind: "money", isFilterable: true },
  ]);
  for (const [name, stage, fee, wants] of [["一号店", "talk", 10_000, ["wifi", "pos"]], ["二号店", "talk", 30_000, ["pos"]], ["三号店", "signed", 50_000, null], ["四号店", null, null, null]] as const) await add({ name, stage, fee, wants });
});
const admin = Object.assign(shop.console, { staffId: shop.adminId });

test.each([["a desk", {}], ["a phone", { viewport: PHONE }]] as const)("on %s a list is summed up by a field, and a group leads to its rows", async (_where, options) => {
  const page = await shop.deskOf(admin, options);
  await page.goto("/records/visit");
  await expectShown(page, "四号店");
  await page.getByRole("link", { name: "汇总" }).click();
  await page.getByRole("heading", { name: "拜访汇总", level: 1 }).waitFor();
  await page.getByRole("img", { name: "按阶段. 条数: 洽谈 2" }).waitFor();
  await page.getByRole("combobox", { name: "统计什么" }).click();
  await page.getByTitle("费用合计").click();
  await page.getByRole("img", { name: "按阶段. 费用合计: 签约 ¥500.00" }).waitFor();
  await expectShown(page, "其中 1 条没有费用，不计入。");
  await page.getByText("表", { exact: true }).click();
  await expectShown(page, "¥400.00");
  expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  const turnTo = async (key: "ArrowDown" | "ArrowUp") => {
    for (const pressed of ["Enter", key, "Enter"]) await page.getByRole("combobox", { name: "分组字段" }).press(pressed);
  };
  await turnTo("ArrowDown");
  await page.getByRole("link", { name: "无线" }).waitFor();
  await expectShown(page, "多选字段：一条记录在它选的每一项里各算一次");
  await turnTo("ArrowUp");
  await page.getByRole("link", { name: "洽谈" }).click();
  await expectShown(page, "二号店");
  await page.getByText("三号店").first().waitFor({ state: "detached" });
});
