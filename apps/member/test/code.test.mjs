import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { code128Bars, code128Svg, code128Values } from '../src/code/code128.ts';
import { qrModules, qrSvg } from '../src/code/qr.ts';

const jsQR = createRequire(import.meta.url)('jsqr');

test('Code 128 agrees with a published example', () => {
  // "Wikipedia" in set B: start 104, nine values, check 88, stop 106.
  assert.deepEqual(code128Values('Wikipedia'), [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]);
});

test('digits are packed in pairs, a lone one after them goes back to set B', () => {
  assert.deepEqual(code128Values('1234').slice(0, 3), [105, 12, 34]);
  assert.deepEqual(code128Values('12345').slice(0, 5), [105, 12, 34, 100, 21]);
  assert.deepEqual(code128Values('A1234').slice(0, 5), [104, 33, 99, 12, 34]);
});

test('every symbol is eleven modules wide with an even share of bars, and no two are alike', () => {
  const texts = [...Array.from({ length: 95 }, (_one, at) => String.fromCharCode(at + 32)), ...Array.from({ length: 100 }, (_one, at) => String(at).padStart(2, '0').repeat(2))];
  const seen = new Map();
  for (const text of texts) {
    const runs = runsOf(text);
    const values = code128Values(text);
    assert.equal(runs.length, (values.length - 1) * 6 + 7);
    values.slice(0, -1).forEach((value, index) => {
      const widths = runs.slice(index * 6, index * 6 + 6);
      assert.equal(sum(widths), 11);
      assert.equal(sum(widths.filter((_width, at) => at % 2 === 0)) % 2, 0);
      assert.equal(seen.get(widths.join('')) ?? value, value);
      seen.set(widths.join(''), value);
    });
    assert.equal(runs.slice(-7).join(''), '2331112');
  }
  assert.ok(seen.size >= 102);
});

test('text that the symbology cannot carry is refused', () => {
  assert.throws(() => code128Values('会员'), RangeError);
  assert.throws(() => code128Values(''), RangeError);
});

test('a QR code is read back by an independent decoder', () => {
  for (const text of ['SK1.8952980141680001.mVq7Zp2LxT9aKd4w', 'weixin://wxpay/bizpayurl?pr=Ab3dEf7', 'x'.repeat(180)]) {
    assert.equal(readQr(qrModules(text)), text);
  }
});

test('images are drawn with a quiet zone on white', () => {
  assert.match(qrSvg('a'), /^<svg [^>]*width="600"[^>]*viewBox="0 0 27 27"/);
  assert.match(code128Svg('80012345'), /fill="#fff"/);
  assert.equal(code128Bars('80012345').bars[0][0], 10);
});

function readQr(rows) {
  const scale = 4;
  const margin = 4;
  const side = (rows.length + margin * 2) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (!dark) return;
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < scale; dx += 1) {
        pixels.fill(0, ...[0, 3].map((offset) => (((y + margin) * scale + dy) * side + (x + margin) * scale + dx) * 4 + offset));
      }
    }
  }));
  return jsQR(pixels, side, side)?.data;
}

function runsOf(text) {
  const { bars } = code128Bars(text);
  return bars.flatMap(([left, width], index) => {
    const next = bars[index + 1];
    return next ? [width, next[0] - left - width] : [width];
  });
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
