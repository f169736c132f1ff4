import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/problem.ts';
import type { IconName } from '../icons/icons.ts';
import { useText } from '../locale/locale.ts';
import { problemWords } from '../locale/problemWords.ts';
import { Action } from './Action.tsx';
import { Icon } from './Icon.tsx';

export type NoticeProps = { icon: IconName; title: string; hint?: string; children?: ReactNode };

/** What a page says when it has nothing to list. */
export function Notice({ icon, title, hint, children }: NoticeProps) {
  return (
    <View className="notice" role="status">
      <View className="notice-mark"><Icon name={icon} size="large" /></View>
      <Text className="notice-title">{title}</Text>
      {hint ? <Text className="notice-hint">{hint}</Text> : null}
      {children ? <View className="notice-action">{children}</View> : null}
    </View>
  );
}

export function ProblemNotice({ problem, onRetry }: { problem: ApiProblem; onRetry: () => void }) {
  const text = useText();
  return (
    <Notice
      icon={problem.isOffline ? 'offline' : 'alert'}
      title={text.problem.title}
      hint={problemWords(problem)}
    >
      <Action kind="quiet" text={text.common.retry} onTap={onRetry} />
    </Notice>
  );
}
