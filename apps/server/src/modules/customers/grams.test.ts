import { describe, expect, it } from "vitest";
import { gramsOf, gramsOfQuery, gramsOfSyllables, searchText, unprovenRuns } from "./grams.ts";
import { spellingOf } from "../../kernel/pinyin.ts";

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
  ])("%s is %s, %s", (name, pinyin, initials) => expect(spellingOf(name)).toMatchObject({ pinyin, initials }));

  it.each(["😀", "👨‍👩‍👧", "𠮷", "", "''; --"])("of %s is nothing, and no error", (name) => expect(spellingOf(name)).toEqual({ pinyin: "", initials: "", syllables: [] }));

  it("leaves out what has no reading, not what stands beside it", () => expect(spellingOf("张😀三")).toMatchObject({ pinyin: "zhangsan", initials: "zs" }));
});

describe("grams", () => {
  it("are single characters and pairs", () => expect(gramsOf(["王小明"]).toSorted()).toEqual(["小", "小明", "明", "王", "王小"]));

  it("keep a rare character and an emoji whole", () => {
    expect(gramsOf(["𠮷野"])).toEqual(["𠮷", "𠮷野", "野"]);
    expect(gramsOfQuery("😀")).toEqual(["😀"]);
  });

  it("of letters are beginnings, from every word on", () => {
    expect(gramsOf(["Big Eye"]).toSorted()).toEqual(["b", "bi", "big", "bige", "bigey", "bigeye", "e", "ey", "eye"]);
    expect(gramsOfSyllables(["li", "na"]).toSorted()).toEqual(["l", "li", "lin", "lina", "ln", "n", "na"]);
    expect(gramsOfSyllables(["zhuang", "shuang"])).toContain("zhuangsh");
  });

  it("of a query are contained in those of every text that holds it, letters from the start of a word on", () => {
    const text = "Zhang San张三丰 2024";
    const grams = new Set(gramsOf([text]));
    const whole = searchText(text);
    for (let from = 0; from < whole.length; from++) {
      if (/[a-z0-9]/.test(whole.charAt(from)) && ![0, 5, 11].includes(from)) continue;
      for (let to = from + 1; to <= whole.length; to++) {
        for (const gram of gramsOfQuery(whole.slice(from, to))) expect(grams).toContain(gram);
      }
    }
  });

  it("prove short parts of a query and leave longer ones to a second look", () => {
    expect(["王", "王五", "wangxiao", "王五 wxm"].flatMap(unprovenRuns)).toEqual([]);
    expect(unprovenRuns("五王五 wangxiaom vip")).toEqual(["五王五", "wangxiaomvip"]);
  });
});
