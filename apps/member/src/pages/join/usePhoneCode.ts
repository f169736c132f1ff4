import { useEffect, useState } from 'react';
import { toast, toastProblem } from '../../components/toast.ts';
import { currentText } from '../../locale/locale.ts';
import { memberApi, session } from '../../session/session.ts';

const RESEND_SECONDS = 60;

/** Sends the text message and counts down to the next one to the same number: whoever mistyped it does not wait. */
export function usePhoneCode(phone: string) {
  const [sentTo, setSentTo] = useState('');
  const [secondsLeft, setSecondsLeft] = useState(0);
  const [devCode, setDevCode] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  useEffect(() => {
    if (secondsLeft <= 0) return undefined;
    const timer = setTimeout(() => setSecondsLeft(secondsLeft - 1), 1_000);
    return () => clearTimeout(timer);
  }, [secondsLeft]);

  const send = async () => {
    setSending(true);
    try {
      const reply = await memberApi.sendPhoneCode(session.get().brandCode, phone);
      setDevCode(reply?.devCode ?? null);
      setSentTo(phone);
      setSecondsLeft(RESEND_SECONDS);
      // In development the code itself stands on the page; a message over it would hide it.
      if (!reply?.devCode) toast(currentText().join.sent);
    } catch (error) {
      toastProblem(error);
    } finally {
      setSending(false);
    }
  };
  return { ...(phone === sentTo ? { secondsLeft, devCode } : { secondsLeft: 0, devCode: null }), isSending, send };
}
