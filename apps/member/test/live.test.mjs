import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createEventParser } from '../src/live/eventParser.ts';
import { watchChanges } from '../src/live/live.ts';

function watched() {
  const streams = [];
  const open = (options) => {
    const stream = { ...options, isClosed: false };
    streams.push(stream);
    return { close: () => { stream.isClosed = true; } };
  };
  const seen = { changes: 0 };
  const stop = watchChanges({ url: '/live', token: 't', open, onChanged: () => { seen.changes += 1; } });
  return { streams, seen, stop };
}

test('events are read whole however the stream is cut', () => {
  const events = [];
  const feed = createEventParser((event) => events.push(event));
  for (const piece of [': hi\n\nev', 'ent: chan', 'ged\nda', 'ta: {"what":"points"}\n', '\nevent: changed\r\ndata: {}\r\n\r\nevent: ch']) feed(piece);
  assert.deepEqual(events, [{ event: 'changed', data: '{"what":"points"}' }, { event: 'changed', data: '{}' }]);
});

test('only a change is told, heartbeats are not', () => {
  const { streams, seen, stop } = watched();
  streams[0].onOpen();
  streams[0].onText(': heartbeat\n\nevent: other\ndata: {}\n\n');
  assert.equal(seen.changes, 0);
  streams[0].onText('event: changed\ndata: {}\n\n');
  assert.equal(seen.changes, 1);
  stop();
  assert.equal(streams[0].isClosed, true);
});

test('without a stream it asks every three seconds and tries again, ever more rarely', () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const { streams, seen, stop } = watched();
  streams[0].onEnd();
  mock.timers.tick(3_000);
  assert.equal(seen.changes, 1);
  assert.equal(streams.length, 2);
  streams[1].onEnd();
  mock.timers.tick(1_999);
  assert.equal(streams.length, 2);
  mock.timers.tick(1);
  assert.equal(streams.length, 3);
  stop();
  const { changes } = seen;
  mock.timers.tick(60_000);
  assert.equal(seen.changes, changes);
  assert.equal(streams.length, 3);
  mock.timers.reset();
});

test('a stream that stands again reports once what was missed, and the asking ends', () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const { streams, seen, stop } = watched();
  streams[0].onOpen();
  assert.equal(seen.changes, 0);
  streams[0].onEnd();
  mock.timers.tick(1_000);
  streams[1].onOpen();
  assert.equal(seen.changes, 1);
  mock.timers.tick(30_000);
  assert.equal(seen.changes, 1);
  stop();
  mock.timers.reset();
});
