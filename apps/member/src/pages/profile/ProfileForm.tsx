import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Birthday, Gender, Member, MemberPatch } from '../../api/member.ts';
import { asProblem } from '../../api/problem.ts';
import { Action } from '../../components/Action.tsx';
import { Chips } from '../../components/Chips.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Section } from '../../components/Page.tsx';
import { Segments } from '../../components/Segments.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { useText } from '../../locale/locale.ts';
import { fieldWords } from '../../locale/problemWords.ts';
import { memberApi } from '../../session/session.ts';
import { BirthdaySheet } from './BirthdaySheet.tsx';
import { birthdayWords } from './birthdayWords.ts';

type Draft = Required<Pick<MemberPatch, 'gender' | 'birthday' | 'preferences'>> & { name: string };

const NAME_LENGTH = 40;

export function ProfileForm({ member }: { member: Member }) {
  const text = useText();
  const [draft, setDraft] = useState<Draft>(() => draftOf(member));
  const [isChoosing, setChoosing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [saved, setSaved] = useState<Draft>(draft);
  const change = (part: Partial<Draft>) => setDraft((last) => ({ ...last, ...part }));

  const save = async () => {
    // A name can be changed, not taken away; leaving it out of the request would say it was saved.
    const isNameless = saved.name !== '' && draft.name.trim() === '';
    setWrong(isNameless ? { name: fieldWords({ field: 'name', code: 'required', message: text.profile.namePlaceholder }) } : {});
    if (isNameless) return;
    setBusy(true);
    try {
      const now = draftOf(await memberApi.changeMe(changesOf(draft, saved)));
      setSaved(now);
      setDraft(now);
      toast(text.common.saved);
    } catch (error) {
      const named = asProblem(error).fields.map((one) => [one.field.split('.')[0] ?? '', fieldWords(one)] as const);
      setWrong(Object.fromEntries(named));
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Section>
        <Field label={text.profile.name} value={draft.name} placeholder={text.profile.namePlaceholder} maxLength={NAME_LENGTH} error={wrong.name ?? null} onInput={(name) => change({ name })} />
        <View className="field">
          <Text className="field-label">{text.profile.phone}</Text>
          <View className="field-line"><Text className="field-fixed figures">{member.phoneMasked ?? '–'}</Text></View>
        </View>
        <View className="field">
          <Text className="field-label">{text.profile.birthday}</Text>
          <Tap className="field-line" label={text.profile.birthday} onTap={() => setChoosing(true)}>
            <Text className={draft.birthday ? 'field-fixed' : 'field-fixed is-empty'}>
              {draft.birthday ? birthdayWords(draft.birthday, text) : text.profile.birthdayEmpty}
            </Text>
            <Icon name="chevron" size="small" />
          </Tap>
          {wrong.birthday ? <Text className="field-error" role="alert">{wrong.birthday}</Text> : null}
        </View>
        <View className="field is-last">
          <Text className="field-label">{text.profile.gender}</Text>
          <Segments<Gender>
            label={text.profile.gender}
            value={draft.gender ?? 'unknown'}
            options={(['female', 'male', 'other', 'unknown'] as const).map((value) => ({ value, text: text.profile.genders[value] }))}
            onChoose={(gender) => change({ gender })}
          />
        </View>
      </Section>
      <Preferences draft={draft} onChange={(preferences) => change({ preferences })} />
      <View className="form-action"><Action text={text.common.save} isBusy={isBusy} onTap={() => void save()} /></View>
      {isChoosing ? (
        <BirthdaySheet
          birthday={draft.birthday}
          onClose={() => setChoosing(false)}
          onChoose={(birthday) => { change({ birthday }); setChoosing(false); }}
        />
      ) : null}
    </>
  );
}

function Preferences({ draft, onChange }: { draft: Draft; onChange: (preferences: Draft['preferences']) => void }) {
  const text = useText();
  const { preferences } = draft;
  const options = (words: Record<string, string>) => Object.entries(words).map(([value, word]) => ({ value, text: word }));
  return (
    <>
      <Section title={text.profile.tastes}>
        <Chips label={text.profile.tastes} options={options(text.profile.tasteOptions)} chosen={preferences.tastes ?? []} onChange={(tastes) => onChange({ ...preferences, tastes })} />
      </Section>
      <Section title={text.profile.channels}>
        <Chips label={text.profile.channels} options={options(text.profile.channelOptions)} chosen={preferences.channels ?? []} onChange={(channels) => onChange({ ...preferences, channels })} />
      </Section>
    </>
  );
}

function draftOf(member: Pick<Member, 'name' | 'gender' | 'birthday' | 'preferences'>): Draft {
  return { name: member.name ?? '', gender: member.gender, birthday: member.birthday, preferences: member.preferences ?? {} };
}

// Only what changed is sent: a birthday may be changed once a year, and sending it again must not count.
function changesOf(draft: Draft, before: Draft): MemberPatch {
  const differs = (part: keyof Draft) => JSON.stringify(draft[part]) !== JSON.stringify(before[part]);
  return {
    ...(differs('name') && draft.name.trim() !== '' ? { name: draft.name.trim() } : {}),
    ...(differs('gender') ? { gender: draft.gender } : {}),
    ...(differs('birthday') && draft.birthday ? { birthday: spoken(draft.birthday) } : {}),
    ...(differs('preferences') ? { preferences: draft.preferences } : {}),
  };
}

// A year that was not given and an ordinary month are left out, not sent as null and false.
function spoken({ calendar, month, day, year, leap }: Birthday): Birthday {
  return { calendar, month, day, ...(year ? { year } : {}), ...(leap ? { leap } : {}) };
}
