import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { Tap } from '../../components/Tap.tsx';
import { useText } from '../../locale/locale.ts';
import { problemWords } from '../../locale/problemWords.ts';
import { CodeImages } from './CodeImages.tsx';
import { CodeOverlay } from './CodeOverlay.tsx';
import { useMemberCode } from './useMemberCode.ts';

export function CodeCard() {
  const text = useText();
  const member = useMemberCode();
  const [isLarge, setLarge] = useState(false);
  const { code, problem, secondsLeft, refresh } = member;
  return (
    <View className="code-card">
      <View className="code-head">
        <Text className="code-hint">{text.code.hint}</Text>
        {code ? (
          <Tap className="code-enlarge" onTap={() => setLarge(true)}>
            <Icon name="expand" size="small" />
            <Text>{text.code.enlarge}</Text>
          </Tap>
        ) : null}
      </View>
      {code ? (
        <Tap className="code-face" label={text.code.enlarge} onTap={() => setLarge(true)}><CodeImages code={code} /></Tap>
      ) : (
        <View className="code-face is-waiting">
          {problem ? <Text className="code-failed">{text.code.failed}{'\n'}{problemWords(problem)}</Text> : null}
        </View>
      )}
      <View className="code-foot">
        <Text className="figures">{text.code.refreshIn(secondsLeft)}</Text>
        <Tap className="code-refresh" label={text.code.refresh} onTap={refresh}><Icon name="refresh" size="small" /></Tap>
      </View>
      {isLarge && code ? <CodeOverlay code={code} secondsLeft={secondsLeft} onClose={() => setLarge(false)} /> : null}
    </View>
  );
}
