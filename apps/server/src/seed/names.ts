import type { Dice } from "./dice.ts";

/** By how common they are, roughly; compound surnames and rare characters are there because real lists have them. */
const SURNAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫雷龙段",
  "欧阳", "司马", "诸葛", "上官", "皇甫", "慕容", "尉迟", "令狐", "夏侯", "东方", "单", "仇", "查", "解", "缪", "麴", "逄",
];
const GIVEN = {
  female: [
    "芳", "娜", "敏", "静", "丽", "艳", "娟", "婷", "雪梅", "秀英", "桂兰", "佳琪", "欣怡", "雨涵", "诗琪", "梦瑶", "思彤", "晓燕", "慧敏", "丽华", "玉珍",
    "若曦", "语嫣", "一诺", "可馨", "子墨", "婉清", "书瑶", "芷晴", "沐璃", "㛃", "燚", "昕彤", "嘉禾", "念慈", "梓萱", "紫薇", "春花", "海燕", "红梅",
  ],
  male: [
    "伟", "强", "磊", "军", "勇", "杰", "涛", "明", "超", "刚", "建国", "建军", "志强", "国栋", "浩然", "子轩", "宇航", "俊杰", "天佑", "博文", "鹏飞",
    "文博", "思远", "子豪", "一鸣", "铭泽", "嘉树", "怀瑾", "喆", "堃", "彧", "翀", "赟", "犇", "淼", "䶮", "鑫", "永强", "卫东", "家豪",
  ],
} as const;

export type PersonName = { name: string; gender: "female" | "male" };

export function drawName(dice: Dice): PersonName {
  const gender = dice.chance(0.54) ? "female" : "male";
  const surname = SURNAMES[Math.floor(dice.next() ** 1.6 * SURNAMES.length)] ?? "王";
  return { name: surname + dice.pick(GIVEN[gender]), gender };
}

/** Names as they come: the common ones often, and never the same twice in one list. */
export function drawNames(dice: Dice, count: number, taken: ReadonlySet<string>): PersonName[] {
  const drawn = new Map<string, PersonName>();
  while (drawn.size < count) {
    const one = drawName(dice);
    if (!taken.has(one.name)) drawn.set(one.name, one);
  }
  return [...drawn.values()];
}
