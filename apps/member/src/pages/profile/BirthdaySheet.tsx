import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Birthday } from '../../api/member.ts';
import { Action } from '../../components/Action.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Segments } from '../../components/Segments.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { Tap } from '../../components/Tap.tsx';
import { useText } from '../../locale/locale.ts';
import { birthdayWords, daysInMonth, dayWords, monthWords } from './birthdayWords.ts';

export type BirthdaySheetProps = { birthday: Birthday | null; onChoose: (birthday: Birthday) => void; onClose: () => void };

const FIRST_YEAR = 1900;
const START: Birthday = { calendar: 'solar', month: 1, day: 1, leap: false };

/** Grids instead of rollers: one tap each, also by keyboard and with a screen reader. */
export function BirthdaySheet({ birthday, onChoose, onClose }: BirthdaySheetProps) {
  const text = useText();
  const [draft, setDraft] = useState<Birthday>(birthday ?? START);
  const [yearText, setYearText] = useState(birthday?.year ? String(birthday.year) : '');
  const change = (part: Partial<Birthday>) => setDraft((last) => {
    const next = { ...last, ...part };
    return { ...next, day: Math.min(next.day, daysInMonth(next)) };
  });
  const writeYear = (value: string) => {
    setYearText(value);
    const year = Number(value);
    // Without a year that can be one it is a day of each year.
    if (year >= FIRST_YEAR && year <= new Date().getFullYear()) change({ year });
    else setDraft(({ year: _year, ...rest }) => rest);
  };
  const isLunar = draft.calendar === 'lunar';

  return (
    <Sheet title={text.profile.birthday} onClose={onClose}>
      <View className="sheet-scroll">
        <Segments
          label={text.profile.birthday}
          value={draft.calendar}
          options={[{ value: 'solar', text: text.profile.solar }, { value: 'lunar', text: text.profile.lunar }]}
          onChoose={(calendar) => change({ calendar, leap: false })}
        />
        <View className="grid-months" role="radiogroup">
          {range(12).map((month) => (
            <Tap key={month} role="radio" className={`cell ${month === draft.month ? 'is-on' : ''}`} isPressed={month === draft.month} onTap={() => change({ month })}>
              <Text>{isLunar && draft.leap && month === draft.month ? text.profile.leapMark : ''}{monthWords(draft.calendar, month, text)}</Text>
            </Tap>
          ))}
        </View>
        {isLunar ? (
          <Tap role="checkbox" className={`check ${draft.leap ? 'is-on' : ''}`} isPressed={draft.leap === true} onTap={() => change({ leap: !draft.leap })}>
            <View className="check-box">{draft.leap ? <Icon name="check" size="small" /> : null}</View>
            <Text>{text.profile.leap}</Text>
          </Tap>
        ) : null}
        <View className="grid-days" role="radiogroup">
          {range(daysInMonth(draft)).map((day) => (
            <Tap key={day} role="radio" className={`cell ${day === draft.day ? 'is-on' : ''}`} isPressed={day === draft.day} label={dayWords(draft.calendar, day, text)} onTap={() => change({ day })}>
              <Text className="figures">{isLunar ? text.lunarDay(day) : day}</Text>
            </Tap>
          ))}
        </View>
        <Field label={text.profile.birthYear} value={yearText} placeholder={text.profile.noYear} type="number" maxLength={4} onInput={writeYear} />
      </View>
      <View className="sheet-foot">
        <Action text={`${text.common.done} · ${birthdayWords(draft, text)}`} onTap={() => onChoose(draft)} />
      </View>
    </Sheet>
  );
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_value, index) => index + 1);
}
