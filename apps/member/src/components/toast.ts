import Taro from '@tarojs/taro';
import { asProblem } from '../api/problem.ts';
import { problemWords } from '../locale/problemWords.ts';

const SHORTEST_MS = 2_800;
const PER_CHARACTER_MS = 90;
const LONGEST_MS = 7_000;

/** A short message that stays as long as it takes to read. */
export function toast(message: string): void {
  const duration = Math.min(LONGEST_MS, SHORTEST_MS + message.length * PER_CHARACTER_MS);
  void Taro.showToast({ title: message, icon: 'none', duration });
}

export function toastProblem(error: unknown): void {
  toast(problemWords(asProblem(error)));
}
