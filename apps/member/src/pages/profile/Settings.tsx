import { Text, View } from '@tarojs/components';
import { Section } from '../../components/Page.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useText } from '../../locale/locale.ts';
import { chooseLanguage, chooseTone, session, type Language, type Tone } from '../../session/session.ts';
import { useStore } from '../../session/store.ts';

export function Settings() {
  const text = useText();
  const { language, tone } = useStore(session);
  return (
    <Section title={text.profile.settings}>
      <View className="field">
        <Text className="field-label">{text.profile.language}</Text>
        <Segments<Language>
          label={text.profile.language}
          value={language}
          options={[{ value: 'zh-CN', text: '简体中文' }, { value: 'en', text: 'English' }]}
          onChoose={chooseLanguage}
        />
      </View>
      <View className="field is-last">
        <Text className="field-label">{text.profile.tone}</Text>
        <Segments<Tone>
          label={text.profile.tone}
          value={tone}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, text: text.profile.tones[value] }))}
          onChoose={chooseTone}
        />
      </View>
    </Section>
  );
}
