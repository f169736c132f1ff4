// The mini program's own templates, compiled by WeChat's compilers and evaluated outside WeChat.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';

const FOLDERS = { darwin: 'mac', linux: 'linux', win32: 'windows' };
const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Throws with file and line where the compiler refuses a template. */
export function compileTemplates(root) {
  const pages = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8')).pages;
  const files = [...pages, 'comp', 'base'].map((file) => `${file}.wxml`);
  // Components by page: each page and `comp` itself use one, Taro's recursive `comp`.
  const components = [...pages, 'comp'].flatMap((page) => [`${page}.wxml`, '1', 'comp']);
  const script = runCompiler('wcc', root, ['-d', '-cc', [pages.length + 1, ...components].join(' '), ...files, 'utils.wxs', '-gn', '$gwx']);
  const context = vm.createContext({ window: {}, console: { warn: () => undefined, log: () => undefined } });
  vm.runInContext(script, context);
  return (page, data) => context.$gwx(`${page}.wxml`)(data);
}

/** Throws where the compiler refuses a style sheet; returns how many there are. */
export function compileStyles(root) {
  const sheets = readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.wxss'));
  runCompiler('wcsc', root, ['-db', '-pc', '0', ...sheets.map((file) => `./${file}`)]);
  return sheets.length;
}

function runCompiler(name, cwd, args) {
  const compiler = createRequire(import.meta.url).resolve('miniprogram-compiler/package.json');
  const program = join(compiler, '../bin', FOLDERS[process.platform] ?? 'linux', process.platform === 'win32' ? `${name}.exe` : name);
  // npm unpacks them without the permission to run.
  chmodSync(program, 0o755);
  const result = spawnSync(program, args, { cwd, maxBuffer: MOST_OUTPUT_BYTES, encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${name}: ${result.stderr}`);
  return result.stdout;
}

/** Everything a reader sees, in order. */
export function textOf(node) {
  if (typeof node !== 'object' || node === null) return String(node ?? '');
  return (node.children ?? []).map(textOf).join(node.tag === 'wx-text' ? '' : ' ');
}

/** Every node under `node` for which `test` holds. */
export function findAll(node, test) {
  if (typeof node !== 'object' || node === null) return [];
  return [...(test(node) ? [node] : []), ...(node.children ?? []).flatMap((child) => findAll(child, test))];
}
