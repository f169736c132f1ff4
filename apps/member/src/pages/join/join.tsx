import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { JoinProof } from '../../api/client.ts';
import { asProblem, type ApiProblem } from '../../api/problem.ts';
import { Action } from '../../components/Action.tsx';
import { Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { useText } from '../../locale/locale.ts';
import { fieldWords, problemWords } from '../../locale/problemWords.ts';
import { isMini } from '../../platform.ts';
import { goBack } from '../../routes.ts';
import { useBrand } from '../../session/brandState.ts';
import { keepToken, memberApi, session } from '../../session/session.ts';
import { ProofForm } from './ProofForm.tsx';
import { usePhoneCode } from './usePhoneCode.ts';
import { WechatJoin } from './WechatJoin.tsx';

type Wrong = { phone?: string; code?: string };

const PHONE = /^1\d{10}$/;
const CODE = /^\d{6}$/;
/** As contacts and messages have it: with the country, blanks and dashes. */
const phoneOf = (typed: string): string => typed.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
const STEP_UP = 'customers/step-up-required';

function JoinPage() {
  const text = useText();
  const { brand } = useBrand();
  const [isShort, setShort] = useState(isMini);
  const welcome = (token: string, isNew: boolean) => {
    keepToken(token);
    toast(isNew ? text.join.welcome : text.join.welcomeBack);
    goBack();
  };
  return (
    <Page title={text.join.title} className="join-page">
      <View className="join-logo"><Text>{brand?.theme.logoText ?? ''}</Text></View>
      <Text className="join-title">{text.join.lead(brand?.name ?? '')}</Text>
      {isShort ? <><Text className="join-hint">{text.join.hint}</Text><WechatJoin onJoined={welcome} onOtherWay={() => setShort(false)} /></> : <PhoneForm onJoined={welcome} />}
      <Text className="join-terms">{text.join.agree}</Text>
    </Page>
  );
}

function PhoneForm({ onJoined }: { onJoined: (token: string, isNew: boolean) => void }) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const phone = phoneOf(typed);
  const sms = usePhoneCode(phone);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<Wrong>({});
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState<'proof' | 'another' | null>(null);

  const send = () => {
    if (!PHONE.test(phone)) setWrong({ phone: text.join.phoneInvalid });
    else void sms.send();
  };
  const submit = async (more: { proof?: JoinProof; isNewHolder?: boolean } = {}) => {
    const found: Wrong = {
      ...(PHONE.test(phone) ? {} : { phone: text.join.phoneInvalid }),
      ...(CODE.test(code) ? {} : { code: text.join.codeInvalid }),
    };
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      const reply = await memberApi.join(session.get().brandCode, { phone, phoneCode: code, ...more });
      onJoined(reply.token, reply.created);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === STEP_UP) {
        setAsked(more.proof ? 'another' : 'proof');
        return;
      }
      // A code lives for five minutes; the next one is typed where the last was.
      setAsked(null);
      const named = wrongFields(problem);
      setWrong(named);
      if (Object.keys(named).length === 0) toastProblem(problem);
    } finally {
      setBusy(false);
    }
  };

  if (asked) return <ProofForm isBusy={isBusy} isWrong={asked === 'another'} onProof={(proof) => void submit({ proof })} onNewHolder={() => void submit({ isNewHolder: true })} />;
  return (
    <View className="join-form">
      <Text className="join-hint">{text.join.hint}</Text>
      <Field
        label={text.join.phone} value={typed} placeholder={text.join.phonePlaceholder} type="number" maxLength={20}
        error={wrong.phone ?? null}
        onInput={(value) => { setTyped(value); setWrong({}); }}
      />
      <Field
        label={text.join.code} value={code} placeholder={text.join.codePlaceholder} type="number" maxLength={6}
        error={wrong.code ?? null}
        onInput={(value) => { setCode(value); setWrong({}); }}
        onConfirm={() => { if (!isBusy) void submit(); }}
        aside={(
          <Tap className="join-send" isDisabled={sms.isSending || sms.secondsLeft > 0} onTap={send}>
            <Text className="figures">{sms.secondsLeft > 0 ? text.join.resendIn(sms.secondsLeft) : text.join.send}</Text>
          </Tap>
        )}
      />
      {sms.devCode ? (
        <View className="join-dev">
          <Text className="figures">{text.join.devCode(sms.devCode)}</Text>
          <Tap className="join-dev-fill" onTap={() => setCode(sms.devCode ?? '')}><Text>{text.join.useCode}</Text></Tap>
        </View>
      ) : null}
      <Action text={text.join.submit} isBusy={isBusy} onTap={() => void submit()} />
    </View>
  );
}

function wrongFields(problem: ApiProblem): Wrong {
  const wrong: Wrong = {};
  for (const error of problem.fields) {
    if (error.field === 'phone') wrong.phone = fieldWords(error);
    // A code that is wrong or too old is a problem of its own, with more to say than its field.
    if (error.field === 'phoneCode') wrong.code = problem.code.startsWith('customers/') ? problemWords(problem) : fieldWords(error);
  }
  return wrong;
}

export default JoinPage;
