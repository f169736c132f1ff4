import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { DeletionPreview } from '../../api/privacy.ts';
import { Action } from '../../components/Action.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Section } from '../../components/Page.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { formatInstant } from '../../format/instants.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { memberApi } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useResource } from '../../session/useResource.ts';

/** Leaving with everything deleted: first what is lost and what has to be settled, then one tap; a week to come back. */
export function Leaving() {
  const text = useText();
  const deletion = useResource('deletion', memberApi.deletion);
  const [isAsking, setAsking] = useState(false);
  const { isBusy, act } = useDeed(() => {
    setAsking(false);
    return deletion.reload();
  });
  if (!deletion.value) return null;
  const { standing } = deletion.value;
  return (
    <Section title={text.privacy.leave}>
      {standing?.state === 'waiting' ? (
        <>
          <Text className="page-note">{text.privacy.leaving(formatInstant(standing.purgeAt))}</Text>
          <Action text={text.privacy.stay} isBusy={isBusy} onTap={() => void act(memberApi.undoDeletion)} />
        </>
      ) : (
        <>
          <Text className="page-note">{text.privacy.leaveHint}</Text>
          <Action kind="quiet" text={text.privacy.leave} onTap={() => setAsking(true)} />
        </>
      )}
      {isAsking ? (
        <Sheet title={text.privacy.leave} onClose={() => setAsking(false)}>
          <Preview preview={deletion.value} />
          <Action text={text.privacy.leaveNow} isBusy={isBusy} isDisabled={deletion.value.blockers.length > 0} onTap={() => void act(memberApi.askForDeletion)} />
        </Sheet>
      ) : null}
    </Section>
  );
}

function Preview({ preview: { lost, blockers } }: { preview: DeletionPreview }) {
  const text = useText();
  return (
    <View className="sheet-scroll">
      {blockers.map((code) => <Text key={code} className="page-note" role="alert">{text.privacy.blockers[code] ?? code}</Text>)}
      {blockers.includes('stored-value') ? <Action kind="quiet" text={text.privacy.refund} onTap={() => open('stored-value')} /> : null}
      <Text className="page-note">{lost.length > 0 ? text.privacy.lost : text.privacy.nothingLost}</Text>
      <Facts facts={lost.map(({ what, amount }) => ({ name: text.privacy.losses[what] ?? what, value: String(amount) }))} />
      <Text className="plan-terms">{text.privacy.terms}</Text>
    </View>
  );
}
