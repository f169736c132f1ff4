import { fileURLToPath } from "node:url";
import type { Site } from "./kernel/http/site.ts";

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}/`, import.meta.url));
const absent = (zh: string, en: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>熟客</title><p>${zh}</p><p>${en}</p>`;

/** The console at / and the members' H5 at /m/. */
export const sites: readonly Site[] = [
  {
    prefix: "/m/", folder: folder("member/dist/h5"), hashed: /^(js|css|chunk|static)\//,
    absent: absent("会员端正在构建，稍候自动刷新。", "The member app is being built; this page reloads by itself."),
  },
  {
    // An order's number is the caller's own: "POS-1.23" is one.
    prefix: "/", folder: folder("console/dist"), hashed: /^assets\//, pages: /^orders\/[^/]+$/, except: /^(api|v1|callbacks|openapi|docs|m)(\/|$)/,
    absent: absent("管理后台尚未构建：请运行 npm start。", "The console has not been built: run npm start."),
  },
];
