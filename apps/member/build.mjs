// Builds one platform when something it is made of has changed since the last build.
// Usage: node build.mjs h5|weapp [--force]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const MADE_OF = ['src', 'config', 'babel.config.js', 'package.json', 'package-lock.json', 'project.config.json'];
const SETTINGS = ['SHUKE_API_BASE', 'SHUKE_BRAND'];
const PLATFORMS = { h5: 'index.html', weapp: 'app.json' };

const platform = process.argv[2] ?? '';
if (!(platform in PLATFORMS)) {
  console.error('Usage: node build.mjs h5|weapp [--force]');
  process.exit(2);
}
const stampFile = join(here, '.cache', `${platform}.stamp`);
const stamp = fingerprint();
const isBuilt = existsSync(join(here, 'dist', platform, PLATFORMS[platform]));
if (!process.argv.includes('--force') && isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log(`member ${platform}: unchanged`);
  process.exit(0);
}

const startedAt = performance.now();
const code = await runTaro();
if (code !== 0 || !existsSync(join(here, 'dist', platform, PLATFORMS[platform]))) {
  console.error(`member ${platform}: the build failed`);
  process.exit(code || 1);
}
mkdirSync(join(here, '.cache'), { recursive: true });
writeFileSync(stampFile, stamp);
console.log(`member ${platform}: built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
process.exit(0);

function runTaro() {
  const cli = join(here, 'node_modules/@tarojs/cli/bin/taro');
  const env = { ...process.env, NODE_ENV: 'production', TARO_ENV: platform, BROWSERSLIST_IGNORE_OLD_DATA: '1' };
  return new Promise((resolve) => {
    const taro = spawn(process.execPath, [cli, 'build', '--type', platform, '--no-check'], { cwd: here, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    taro.stdout.on('data', (text) => { output += text; });
    taro.stderr.on('data', (text) => { output += text; });
    taro.on('exit', (exitCode) => {
      // Webpack's failures also come with exit code 0: they are told by their words.
      const hasFailed = exitCode !== 0 || /Compiled with .*error|ERROR in|Module not found|SyntaxError/.test(output);
      if (hasFailed) console.error(output);
      resolve(hasFailed ? exitCode || 1 : 0);
    });
  });
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const setting of SETTINGS) hash.update(`${setting}=${process.env[setting] ?? ''}\n`);
  for (const path of MADE_OF) addToHash(hash, path);
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const full = join(here, path);
  if (!existsSync(full)) return;
  const entries = readdirOrNull(full);
  if (entries === null) {
    hash.update(path).update(readFileSync(full));
    return;
  }
  for (const entry of entries.sort()) addToHash(hash, join(path, entry));
}

function readdirOrNull(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}
