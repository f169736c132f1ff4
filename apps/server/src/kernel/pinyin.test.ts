import fc from "fast-check";
import { pinyin } from "pinyin-pro";
import { expect, test } from "vitest";
import { spellingOf } from "./pinyin.ts";

test.each([
  ["单雄信", "shan xiong xin"], ["曾国藩", "zeng guo fan"], ["仇英", "qiu ying"], ["欧阳修", "ou yang xiu"], ["吕布", "lv bu"], ["王伟", "wang wei"], ["女王", "nv wang"],
  ["ＴＯＭ张", "tom zhang"], ["李😀雷", "li lei"], ["", ""],
])("%s is spelled %s", (name, spelled) => {
  expect(spellingOf(name)).toEqual({ pinyin: spelled.replaceAll(" ", ""), initials: spelled.split(" ").map((one) => one.charAt(0)).join(""), syllables: spelled.split(" ").filter(Boolean) });
});

test("a name of characters with one reading each is spelled as the library's words and surnames spell it", () => {
  const character = fc.oneof(fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)), fc.constantFrom(..."王李张刘陈杨黄赵吴周徐郭何林高罗郑梁谢宋唐伟芳敏静丽磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍"));
  fc.assert(fc.property(fc.array(character, { minLength: 1, maxLength: 4 }), (characters) => {
    const name = characters.join("");
    const library = pinyin(name, { toneType: "none", type: "array", surname: "head", v: true }).filter((one) => /^[a-z]+$/.test(one));
    expect(spellingOf(name).syllables).toEqual(library);
  }), { numRuns: 3_000 });
});
