// `npm run check`: types, both builds, then every test. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';

const here = import.meta.dirname;
const home = join(here, '..');
const counts = { passed: 0, failed: 0, skipped: 0 };

for (const [name, script, ...args] of [
  ['types', join(home, '../../node_modules/typescript-native/bin/tsc'), '--noEmit', '-p', home],
  ['the H5 build', join(home, 'build.mjs'), 'h5'],
  ['the mini program build', join(home, 'build.mjs'), 'weapp'],
]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: home, encoding: 'utf8' });
  count(status === 0, name, status === 0 ? '' : stdout + stderr);
}

const files = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).map((name) => join(here, name));
const stream = run({ files, concurrency: 2, execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] });
stream.on('test:pass', (event) => {
  if (isFile(event)) return;
  if (event.skip === undefined) count(true, event.name, '');
  else {
    counts.skipped += 1;
    console.log(`- ${event.name}: ${event.skip}`);
  }
});
stream.on('test:fail', (event) => {
  const { error } = event.details;
  if (!isFile(event) || error.failureType !== 'subtestsFailed') count(false, event.name, String(error.cause?.stack ?? error.stack ?? error));
});
stream.on('test:stderr', ({ message }) => process.stderr.write(message));
stream.resume();
stream.on('end', () => {
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
});

function isFile(event) {
  return files.includes(event.name);
}

function count(isPassed, name, detail) {
  counts[isPassed ? 'passed' : 'failed'] += 1;
  console.log(`${isPassed ? '✓' : '✗'} ${name}${detail === '' ? '' : `\n${detail}`}`);
}
