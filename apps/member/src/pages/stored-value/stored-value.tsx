import { Text, View } from '@tarojs/components';
import type { StoredValueEntry } from '../../api/member.ts';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { StatementRow } from '../../components/StatementRow.tsx';
import { formatInstant } from '../../format/instants.ts';
import { formatFen, formatSignedYuan, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useListed } from '../../session/useListed.ts';
import { useResource } from '../../session/useResource.ts';
import { GiveBack } from './GiveBack.tsx';
import { TopUp } from './TopUp.tsx';

function StoredValuePage() {
  const text = useText();
  return <Page title={text.storedValue.title} needsSignIn><StoredValueContent /></Page>;
}

function StoredValueContent() {
  const text = useText();
  const me = useResource('me', memberApi.me, { isLive: true });
  const entries = useListed('stored-value', memberApi.storedValueEntries, { isLive: true });
  const balance = me.value?.storedValue;
  return (
    <>
      <View className="figure-head">
        <Text className="figure-name">{text.storedValue.balance}</Text>
        <Text className="figure-big figures">{balance ? formatFen(balance.principalFen + balance.bonusFen) : '–'}</Text>
        {balance ? (
          <View className="figure-notes">
            <Text className="figure-note figures">{text.storedValue.principal} {formatFen(balance.principalFen)}</Text>
            <Text className="figure-note figures">{text.storedValue.bonus} {formatFen(balance.bonusFen)}</Text>
            {balance.frozenFen > 0 ? <Text className="figure-note figures">{text.storedValue.frozen(formatYuan(balance.frozenFen))}</Text> : null}
          </View>
        ) : null}
      </View>
      <TopUp onPaid={() => { void me.reload(); void entries.reload(); }} />
      {balance ? <GiveBack hasValue={balance.principalFen + balance.bonusFen > 0} onChanged={() => { void me.reload(); void entries.reload(); }} /> : null}
      <Section title={text.storedValue.statement}>
        <Listing list={entries} className="rows" empty={<Notice icon="wallet" title={text.storedValue.empty} hint={text.storedValue.emptyHint} />}>
          {(entry) => <StoredValueRow key={entry.id} entry={entry} />}
        </Listing>
      </Section>
    </>
  );
}

function StoredValueRow({ entry }: { entry: StoredValueEntry }) {
  const text = useText();
  const totalFen = entry.principalFen + entry.bonusFen;
  return (
    <StatementRow
      name={text.storedValue.kinds[entry.kind] ?? text.storedValue.other}
      note={entry.reason ?? ''}
      at={formatInstant(entry.at)}
      figure={formatSignedYuan(totalFen)}
      isGain={totalFen > 0}
      {...(entry.bonusFen === 0 ? {} : { aside: text.storedValue.parts(formatFen(Math.abs(entry.principalFen)), formatFen(Math.abs(entry.bonusFen))) })}
    />
  );
}

export default StoredValuePage;
