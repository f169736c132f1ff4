import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { PointsRecipient, TransferTerms } from '../../api/member.ts';
import { asProblem } from '../../api/problem.ts';
import { Action } from '../../components/Action.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Field } from '../../components/Field.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { toast } from '../../components/toast.ts';
import { formatCount } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { fieldWords, problemWords } from '../../locale/problemWords.ts';
import { memberApi, newKey } from '../../session/session.ts';

export type PassPointsProps = { terms: TransferTerms; onClose: () => void; onDone: () => void };

const recipientOf = (typed: string): PointsRecipient => (/^1\d{10}$/.test(typed) ? { phone: typed } : { memberNo: typed });

/** Whom and how many first, then the masked name to look at, and only then the points go. */
export function PassPoints({ terms, onClose, onDone }: PassPointsProps) {
  const text = useText();
  const [to, setTo] = useState('');
  const [points, setPoints] = useState('');
  const [note, setNote] = useState('');
  const [name, setName] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const key = useRef(newKey());
  const typed = to.replace(/\s/g, '');
  const wanted = Number(points);
  const isTooMany = wanted > terms.most;
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (thrown) {
      const problem = asProblem(thrown);
      setError(problem.fields[0] ? fieldWords(problem.fields[0]) : problemWords(problem));
    }
    setBusy(false);
  };
  const look = () => attempt(async () => setName((await memberApi.pointsRecipient(recipientOf(typed))).name));
  const back = () => {
    key.current = newKey();
    setError(null);
    setName(null);
  };
  const pass = () => attempt(async () => {
    await memberApi.passPoints({ ...recipientOf(typed), points: wanted, ...(note.trim() ? { note: note.trim() } : {}) }, key.current);
    toast(text.passPoints.done(formatCount(wanted)));
    onDone();
    onClose();
  });
  return (
    <Sheet title={text.passPoints.title} onClose={onClose}>
      {name === null ? (
        <View className="sheet-scroll">
          <Text className="page-note figures">{text.passPoints.most(formatCount(terms.most), formatCount(terms.limit ?? 0))}</Text>
          <Field label={text.passPoints.to} value={to} placeholder={text.passPoints.toHint} type="number" maxLength={24} isFocused onInput={setTo} />
          <Field label={text.passPoints.points} value={points} placeholder="0" type="number" maxLength={9} error={isTooMany ? text.passPoints.tooMany : null} onInput={(value) => setPoints(value.replace(/\D/g, ''))} />
          <Field label={text.passPoints.note} value={note} placeholder={text.passPoints.noteHint} maxLength={100} onInput={setNote} />
        </View>
      ) : (
        <View className="sheet-scroll">
          <Facts facts={[
            { name: text.passPoints.name, value: name, isStrong: true }, { name: text.passPoints.to, value: typed },
            { name: text.passPoints.points, value: formatCount(wanted), isStrong: true }, ...(note.trim() ? [{ name: text.passPoints.note, value: note.trim() }] : []),
          ]} />
          <Text className="plan-terms">{text.passPoints.terms}</Text>
        </View>
      )}
      {error ? <Text className="field-error" role="alert">{error}</Text> : null}
      {name === null
        ? <Action text={text.passPoints.next} isDisabled={typed.length < 6 || wanted < 1 || isTooMany} isBusy={isBusy} onTap={() => void look()} />
        : <><Action text={text.passPoints.confirm} isBusy={isBusy} onTap={() => void pass()} /><Action kind="plain" text={text.passPoints.back} isDisabled={isBusy} onTap={back} /></>}
    </Sheet>
  );
}
