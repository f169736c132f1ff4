import Taro from '@tarojs/taro';
import { Button, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Action } from '../../components/Action.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast } from '../../components/toast.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi, session } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';

export type WechatJoinProps = { onJoined: (token: string, isNew: boolean) => void; onOtherWay: () => void };

/** Sign-in by WeChat's own identity; who is new shares the phone number by WeChat's button. */
export function WechatJoin({ onJoined, onOtherWay }: WechatJoinProps) {
  const text = useText();
  const [ticket, setTicket] = useState<string | null>(null);
  const { isBusy, act } = useDeed();
  const signIn = () => act(async () => {
    const { code } = await Taro.login();
    const reply = await memberApi.wechatSignIn(session.get().brandCode, code);
    if ('token' in reply) onJoined(reply.token, false);
    else setTicket(reply.ticket);
  });
  const sharePhone = (phoneCode: string | undefined) => {
    if (ticket === null || !phoneCode) {
      toast(text.join.wechatFailed);
      return;
    }
    void act(async () => {
      const reply = await memberApi.wechatJoin(session.get().brandCode, { ticket, phoneCode });
      onJoined(reply.token, reply.created);
    });
  };

  return (
    <View className="join-form">
      {ticket === null ? (
        <Action text={text.join.wechat} isBusy={isBusy} onTap={() => void signIn()} />
      ) : (
        <Button className="action action-primary" openType="getPhoneNumber" loading={isBusy} onGetPhoneNumber={(event) => sharePhone(event.detail.code)}>
          {text.join.wechatPhone}
        </Button>
      )}
      <Tap className="join-other" onTap={onOtherWay}><Text>{text.join.otherWay}</Text></Tap>
    </View>
  );
}
