import { describe, expect, it } from "vitest";
import { gramsOf, gramsOfQuery, gramsProve, searchText } from "./grams.ts";
import { spellingOf } from "./pinyin.ts";

describe("the spelling of a name", () => {
  it.each([
    ["单雄信", "shanxiongxin", "sxx"],
    ["曾国藩", "zengguofan", "zgf"],
    ["仇英", "qiuying", "qy"],
    ["查良镛", "zhaliangyong", "zly"],
    ["解缙", "xiejin", "xj"],
    ["尉迟恭", "yuchigong", "ycg"],
    ["欧阳修", "ouyangxiu", "oyx"],
    ["吕布", "lvbu", "lb"],
    ["Anna 王", "annawang", "aw"],
    ["Ｌｉｌｙ", "lily", "l"],
  ])("%s is %s, %s", (name, pinyin, initials) => expect(spellingOf(name)).toEqual({ pinyin, initials }));

  it.each(["😀", "👨‍👩‍👧", "𠮷", "", "''; --"])("of %s is nothing, and no error", (name) => expect(spellingOf(name)).toEqual({ pinyin: "", initials: "" }));

  it("leaves out what has no reading, not what stands beside it", () => expect(spellingOf("张😀三")).toEqual({ pinyin: "zhangsan", initials: "zs" }));
});

describe("grams", () => {
  it("are single characters and pairs", () => expect(gramsOf(["王小明"]).toSorted()).toEqual(["小", "小明", "明", "王", "王小"]));

  it("keep a rare character and an emoji whole", () => {
    expect(gramsOf(["𠮷野"])).toEqual(["𠮷", "𠮷野", "野"]);
    expect(gramsOfQuery("😀")).toEqual(["😀"]);
  });

  it("of a query are contained in those of every text that holds it", () => {
    const text = "Zhang San张三 2024";
    const grams = new Set(gramsOf([text]));
    const whole = searchText(text);
    for (let from = 0; from < whole.length; from++) {
      for (let to = from + 1; to <= whole.length; to++) {
        for (const gram of gramsOfQuery(whole.slice(from, to))) expect(grams).toContain(gram);
      }
    }
  });

  it("prove short queries and leave longer ones to a second look", () => {
    expect([gramsProve("王"), gramsProve("王五"), gramsProve("五王五")]).toEqual([true, true, false]);
  });
});
