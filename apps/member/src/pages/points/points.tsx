import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Member, PointsEntry } from '../../api/member.ts';
import { Action } from '../../components/Action.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { StatementRow } from '../../components/StatementRow.tsx';
import { toast } from '../../components/toast.ts';
import { formatDay, formatInstant } from '../../format/instants.ts';
import { formatCount, formatSigned } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useListed } from '../../session/useListed.ts';
import { useResource } from '../../session/useResource.ts';
import { MonthSummary } from './MonthSummary.tsx';
import { PassPoints } from './PassPoints.tsx';

function PointsPage() {
  const text = useText();
  return <Page title={text.points.title} needsSignIn><PointsContent /></Page>;
}

function PointsContent() {
  const text = useText();
  const me = useResource('me', memberApi.me, { isLive: true });
  const months = useResource('points-months', memberApi.pointsMonths, { isLive: true });
  const checkIn = useResource('check-in', memberApi.checkInToday);
  const terms = useResource('points-transfer', memberApi.transferTerms, { isLive: true });
  const [month, setMonth] = useState<string | null>(null);
  const [isPassing, setPassing] = useState(false);
  const entries = useListed(`points-${month ?? 'all'}`, (cursor) => memberApi.pointsEntries(month, cursor), { isLive: true });
  const reload = () => Promise.all([me.reload(), terms.reload(), checkIn.reload(), months.reload(), entries.reload()]);
  const { isBusy, act } = useDeed(reload);
  const check = () => act(async () => toast(text.pointsMore.checkInDone(formatCount((await memberApi.checkIn()).points))));
  return (
    <>
      <View className="figure-head">
        <Text className="figure-name">{text.points.usable}</Text>
        <Text className="figure-big figures">{me.value ? formatCount(me.value.points.active) : '–'}</Text>
        {me.value ? <PointsNotes points={me.value.points} /> : null}
        <View className="figure-acts">
          {checkIn.value?.isOpen ? <Action kind="quiet" text={checkIn.value.isDone ? text.pointsMore.checkedIn : text.pointsMore.checkIn} isDisabled={checkIn.value.isDone} isBusy={isBusy} onTap={() => void check()} /> : null}
          {terms.value && terms.value.most > 0 ? <Action kind="quiet" text={text.passPoints.title} onTap={() => setPassing(true)} /> : null}
        </View>
      </View>
      {terms.value && isPassing ? <PassPoints terms={terms.value} onClose={() => setPassing(false)} onDone={() => void reload()} /> : null}
      {months.value && months.value.items.length > 1 ? <MonthSummary months={months.value.items} chosen={month} onChoose={setMonth} /> : null}
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
    points.pending > 0 ? text.points.pending(formatCount(points.pending)) + (points.activating ? text.pointsMore.activating(formatDay(points.activating.on)) : '') : '',
    points.frozen > 0 ? text.points.frozen(formatCount(points.frozen)) : '',
    points.owed > 0 ? text.points.owed(formatCount(points.owed)) : '',
    points.expiringSoon ? text.pointsMore.soon(formatCount(points.expiringSoon.points), formatDay(points.expiringSoon.on))
      : points.expiring ? text.card.expiring(formatCount(points.expiring.points), formatDay(points.expiring.on)) : '',
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
      name={text.points.kinds[entry.kind] ?? text.pointsMore.kinds[entry.kind] ?? text.points.other}
      note={[entry.reason ?? '', entry.withheld > 0 ? text.pointsMore.withheld(formatCount(entry.withheld)) : ''].filter(Boolean).join(' · ')}
      at={formatInstant(entry.at)}
      figure={formatSigned(entry.points)}
      isGain={entry.points > 0}
      {...(entry.activeFrom ? { aside: text.pointsMore.waits(formatDay(entry.activeFrom)) } : entry.points > 0 && entry.expiresOn ? { aside: text.points.expires(formatDay(entry.expiresOn)) } : {})}
    />
  );
}

export default PointsPage;
