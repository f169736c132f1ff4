import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { JoinProof } from '../../api/client.ts';
import type { Birthday } from '../../api/member.ts';
import { Action } from '../../components/Action.tsx';
import { Field } from '../../components/Field.tsx';
import { Tap } from '../../components/Tap.tsx';
import { useText } from '../../locale/locale.ts';
import { BirthdaySheet } from '../profile/BirthdaySheet.tsx';
import { birthdayWords } from '../profile/birthdayWords.ts';

export type ProofFormProps = { isBusy: boolean; isWrong: boolean; onProof: (proof: JoinProof) => void; onNewHolder: () => void };

/** A number that was silent for long may be somebody else's by now: its bearer says one thing of the member's, or that they are new. */
export function ProofForm({ isBusy, isWrong, onProof, onNewHolder }: ProofFormProps) {
  const text = useText();
  const [name, setName] = useState('');
  const [memberNo, setMemberNo] = useState('');
  const [birthday, setBirthday] = useState<Birthday | null>(null);
  const [isChoosing, setChoosing] = useState(false);
  const proof: JoinProof = { ...(name.trim() ? { name: name.trim() } : {}), ...(memberNo.trim() ? { memberNo: memberNo.trim() } : {}), ...(birthday ? { birthday } : {}) };
  return (
    <View className="join-form">
      <Text className={isWrong ? 'join-hint is-wrong' : 'join-hint'} role={isWrong ? 'alert' : 'status'}>{isWrong ? text.join.proofWrong : text.join.proofLead}</Text>
      <Field label={text.join.proofName} value={name} placeholder={text.join.proofNameHint} maxLength={64} onInput={setName} />
      <Field label={text.join.proofNo} value={memberNo} placeholder={text.join.proofNoHint} type="number" maxLength={20} onInput={setMemberNo} />
      <View className="field">
        <Text className="field-label">{text.profile.birthday}</Text>
        <Tap className="field-line" label={text.profile.birthday} onTap={() => setChoosing(true)}>
          <Text className={birthday ? 'field-fixed' : 'field-fixed is-empty'}>{birthday ? birthdayWords(birthday, text) : text.join.proofBirthdayHint}</Text>
        </Tap>
      </View>
      <Action text={text.join.proofSubmit} isBusy={isBusy} isDisabled={Object.keys(proof).length === 0} onTap={() => onProof(proof)} />
      <Tap className="join-other" onTap={onNewHolder}><Text>{text.join.newHolder}</Text></Tap>
      {isChoosing ? <BirthdaySheet birthday={birthday} onChoose={(chosen) => { setBirthday(chosen); setChoosing(false); }} onClose={() => setChoosing(false)} /> : null}
    </View>
  );
}
