import { Text, View } from '@tarojs/components';
import type { Member, PointsEntry } from '../../api/member.ts';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { StatementRow } from '../../components/StatementRow.tsx';
import { formatDay, formatInstant } from '../../format/instants.ts';
import { formatCount, formatSigned } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useListed } from '../../session/useListed.ts';
import { useResource } from '../../session/useResource.ts';

function PointsPage() {
  const text = useText();
  return <Page title={text.points.title} needsSignIn><PointsContent /></Page>;
}

function PointsContent() {
  const text = useText();
  const me = useResource('me', memberApi.me, { isLive: true });
  const entries = useListed('points', memberApi.pointsEntries, { isLive: true });
  return (
    <>
      <View className="figure-head">
        <Text className="figure-name">{text.points.usable}</Text>
        <Text className="figure-big figures">{me.value ? formatCount(me.value.points.active) : '–'}</Text>
        {me.value ? <PointsNotes points={me.value.points} /> : null}
      </View>
      <Section title={text.points.title}>
        <Listing list={entries} className="rows" empty={<Notice icon="star" title={text.points.empty} hint={text.points.emptyHint} />}>
          {(entry) => <PointsRow key={entry.id} entry={entry} />}
        </Listing>
      </Section>
    </>
  );
}

function PointsNotes({ points }: { points: Member['points'] }) {
  const text = useText();
  const notes = [
    points.pending > 0 ? text.points.pending(formatCount(points.pending)) : '',
    points.frozen > 0 ? text.points.frozen(formatCount(points.frozen)) : '',
    points.owed > 0 ? text.points.owed(formatCount(points.owed)) : '',
    points.expiring ? text.card.expiring(formatCount(points.expiring.points), formatDay(points.expiring.on)) : '',
  ].filter(Boolean);
  if (notes.length === 0) return null;
  return (
    <View className="figure-notes">
      {notes.map((note) => <Text key={note} className="figure-note figures">{note}</Text>)}
    </View>
  );
}

function PointsRow({ entry }: { entry: PointsEntry }) {
  const text = useText();
  return (
    <StatementRow
      name={text.points.kinds[entry.kind] ?? text.points.other}
      note={entry.reason ?? ''}
      at={formatInstant(entry.at)}
      figure={formatSigned(entry.points)}
      isGain={entry.points > 0}
      {...(entry.points > 0 && entry.expiresOn ? { aside: text.points.expires(formatDay(entry.expiresOn)) } : {})}
    />
  );
}

export default PointsPage;
