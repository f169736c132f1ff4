import Taro, { useDidShow } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useEffect, type CSSProperties, type ReactNode } from 'react';
import { useText } from '../locale/locale.ts';
import { isMini } from '../platform.ts';
import { open } from '../routes.ts';
import { loadBrand, reloadBrand, useBrand } from '../session/brandState.ts';
import { session } from '../session/session.ts';
import { useStore } from '../session/store.ts';
import { brandVariables } from '../theme/brandTheme.ts';
import { Action } from './Action.tsx';
import { Notice, ProblemNotice } from './Notice.tsx';

export type PageProps = {
  title: string;
  /** Shows the way to sign-in instead of the content while nobody is signed in. */
  needsSignIn?: boolean;
  className?: string;
  children: ReactNode;
};

const DEFAULT_PRIMARY = '#b83227';

/** The frame of every page: brand colours, tone, title, and the states that come before any content. */
export function Page({ title, needsSignIn = false, className = '', children }: PageProps) {
  const { brand } = useBrand();
  const { token, tone, language } = useStore(session);
  useDidShow(() => void loadBrand());
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title });
  }, [title]);
  useEffect(() => {
    if (isMini) return;
    // What scrolls must be within reach of the keyboard, also where nothing in it can be tapped.
    document.querySelectorAll<HTMLElement>('.taro_page').forEach((scroller) => { scroller.tabIndex = 0; });
    document.documentElement.lang = language;
    document.documentElement.dataset.tone = tone;
  }, [language, tone]);

  return (
    <View
      className={`page tone-${tone} ${className}`}
      style={brandVariables(brand?.theme.primary ?? DEFAULT_PRIMARY) as CSSProperties}
    >
      <View className="page-body">
        {brand === null ? <BrandGate /> : needsSignIn && token === null ? <SignInNotice /> : children}
      </View>
    </View>
  );
}

function BrandGate() {
  const text = useText();
  const { problem } = useBrand();
  if (problem === null) return <View className="page-wait" role="status" aria-label={text.common.loading} />;
  if (problem.status === 404) return <Notice icon="store" title={text.problem.noBrand} hint={text.problem.noBrandHint} />;
  return <ProblemNotice problem={problem} onRetry={() => void reloadBrand()} />;
}

function SignInNotice() {
  const text = useText();
  return (
    <Notice icon="lock" title={text.signedOut.title} hint={text.signedOut.hint}>
      <Action text={text.signedOut.action} onTap={() => open('join')} />
    </Notice>
  );
}

export function Section({ title, aside, children }: { title?: string; aside?: string; children: ReactNode }) {
  return (
    <View className="section">
      {title ? (
        <View className="section-head">
          <Text className="section-title">{title}</Text>
          {aside ? <Text className="section-aside">{aside}</Text> : null}
        </View>
      ) : null}
      {children}
    </View>
  );
}
