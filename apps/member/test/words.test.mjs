import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUntil, formatDay } from '../src/format/instants.ts';
import { formatCount, formatFen, formatShortFen, formatSignedYuan, formatYuan } from '../src/format/money.ts';
import { en } from '../src/locale/en.ts';
import { zh } from '../src/locale/zh.ts';
import { birthdayWords, daysInMonth } from '../src/pages/profile/birthdayWords.ts';
import { brandVariables } from '../src/theme/brandTheme.ts';
import { contrast, readHex } from '../src/theme/color.ts';

test('fen become yuan without a rounding in between', () => {
  assert.equal(formatFen(123_456_789), '1,234,567.89');
  assert.equal(formatYuan(-5), '-¥0.05');
  assert.equal(formatSignedYuan(60_000), '+¥600.00');
  assert.equal(formatShortFen(100_000), '1,000');
  assert.equal(formatShortFen(1_050), '10.50');
  assert.equal(formatCount(-1_000), '-1,000');
});

test('a calendar day is never moved by a time zone', () => {
  assert.equal(formatDay('2026-11-21'), '2026-11-21');
  assert.equal(daysUntil('2026-11-21', new Date('2026-11-21T08:00:00')), 1);
});

test('a lunar birthday says its leap month in both languages', () => {
  const birthday = { calendar: 'lunar', year: 1990, month: 5, day: 12, leap: true };
  assert.equal(birthdayWords(birthday, zh), '农历 1990年 闰五月 十二');
  assert.match(birthdayWords(birthday, en), /^Lunar 1990, leap month 5 12$/i);
  assert.deepEqual([1, 10, 11, 20, 21, 30].map(zh.lunarDay), ['初一', '初十', '十一', '二十', '廿一', '三十']);
});

test('29 February is a birthday until a year says otherwise', () => {
  assert.equal(daysInMonth({ calendar: 'solar', month: 2, year: null }), 29);
  assert.equal(daysInMonth({ calendar: 'solar', month: 2, year: 1900 }), 28);
  assert.equal(daysInMonth({ calendar: 'solar', month: 2, year: 2000 }), 29);
  assert.equal(daysInMonth({ calendar: 'lunar', month: 2, year: 2000 }), 30);
});

test('both languages have the same words, none of them empty', () => {
  const paths = (node, at = '') => Object.entries(node).flatMap(([key, value]) =>
    (typeof value === 'object' && !Array.isArray(value) ? paths(value, `${at}${key}.`) : [`${at}${key}`]));
  const inner = (list) => list.filter((path) => !/\.(kinds|tenderKinds|channels|status)\./.test(path)).sort();
  assert.deepEqual(inner(paths(en)), inner(paths(zh)));
});

test('text stays readable on whatever colour a brand chose', () => {
  for (const primary of ['#c8321f', '#e0a43a', '#fff200', '#0b3d2e', '#7fd1ff', '#000000', '#ffffff', 'nonsense']) {
    const roles = brandVariables(primary);
    const ratio = (one, other) => contrast(readHex(one), readHex(other));
    assert.ok(ratio(roles['--brand-on-fill'], roles['--brand-fill']) >= 4.4, `button of ${primary}`);
    assert.ok(ratio('#ffffff', roles['--brand-face']) >= 4.5, `card of ${primary}`);
    assert.ok(ratio(roles['--brand-text-light'], '#ffffff') >= 4.5, `light text of ${primary}`);
    assert.ok(ratio(roles['--brand-text-dark'], '#1f1d1c') >= 4.5, `dark text of ${primary}`);
  }
});
