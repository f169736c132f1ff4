import Taro from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Consent, DataCopy } from '../../api/privacy.ts';
import { Action } from '../../components/Action.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { formatInstant } from '../../format/instants.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi, session } from '../../session/session.ts';
import { useStore } from '../../session/store.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useResource } from '../../session/useResource.ts';
import { Leaving } from './Leaving.tsx';

function PrivacyPage() {
  const text = useText();
  return <Page title={text.privacy.title} needsSignIn><PrivacyContent /></Page>;
}

function PrivacyContent() {
  return (
    <>
      <Consents />
      <Copies />
      <Leaving />
    </>
  );
}

/** What the data is used for, with the whole text; everything but the membership itself can be refused. */
function Consents() {
  const text = useText();
  const isEnglish = useStore(session).language === 'en';
  const consents = useResource('consents', memberApi.consents);
  const [busy, setBusy] = useState<string | null>(null);
  const say = async (consent: Consent, given: boolean) => {
    setBusy(consent.purpose);
    try {
      await memberApi.sayConsent(consent.purpose, consent.currentVersion, given);
    } catch (error) {
      toastProblem(error);
    }
    await consents.reload();
    setBusy(null);
  };
  return (
    <Section title={text.privacy.consents}>
      {consents.value === null && consents.problem ? <ProblemNotice problem={consents.problem} onRetry={() => void consents.reload()} /> : null}
      {consents.value === null && !consents.problem ? <Skeleton rows={4} /> : null}
      <View className="rows" role="list">
        {consents.value?.items.map((consent) => (
          <View key={consent.purpose} className="row" role="listitem">
            <View className="row-words">
              <Text className="row-name">{text.privacy.purposes[consent.purpose]}</Text>
              <Text className="row-note">{(isEnglish && consent.textEn) || consent.text}</Text>
              <Text className="row-note figures">{noteOf(consent)}</Text>
            </View>
            {consent.purpose === 'membership' ? <Text className="row-note">{text.privacy.needed}</Text> : (
              <Toggle label={text.privacy.purposes[consent.purpose] ?? consent.purpose} isOn={consent.given === true} isDisabled={busy === consent.purpose} onTurn={(isOn) => void say(consent, isOn)} />
            )}
          </View>
        ))}
      </View>
    </Section>
  );

  function noteOf({ given, at, version, currentVersion }: Consent): string {
    if (given === null || at === null) return text.privacy.version(currentVersion);
    const said = text.privacy.said(given, formatInstant(at));
    return version === currentVersion ? said : `${said} · ${text.privacy.renewed}`;
  }
}

/** Everything that is known of the member, as a file. */
function Copies() {
  const text = useText();
  const copies = useResource('data-copies', memberApi.dataCopies);
  const { isBusy, act } = useDeed(copies.reload);
  const [latest] = copies.value?.items ?? [];
  return (
    <Section title={text.privacy.copies}>
      <Text className="page-note">{latest?.readyAt ? text.privacy.copyReady(formatInstant(latest.expiresAt)) : latest ? text.privacy.copyWaits : text.privacy.copyHint}</Text>
      {latest?.readyAt ? <Action kind="quiet" text={text.privacy.copyOpen} isBusy={isBusy} onTap={() => void act(() => keepCopy(latest, text.privacy.copied))} /> : null}
      {latest && !latest.readyAt ? <Action kind="quiet" text={text.privacy.copyLook} isBusy={isBusy} onTap={() => void act(() => copies.reload())} /> : null}
      {latest ? null : <Action kind="quiet" text={text.privacy.copyAsk} isBusy={isBusy} onTap={() => void act(memberApi.askForCopy)} />}
    </Section>
  );
}

/** A browser saves it; a mini program, which has no files to offer, puts it on the clipboard. */
async function keepCopy(copy: DataCopy, copied: string): Promise<void> {
  const content = JSON.stringify(await memberApi.dataCopy(copy.id), null, 2);
  if (Taro.getEnv() !== Taro.ENV_TYPE.WEB) {
    await Taro.setClipboardData({ data: content });
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  link.download = `member-${copy.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  toast(copied);
}

export default PrivacyPage;
