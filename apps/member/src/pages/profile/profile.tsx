import Taro from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { Action } from '../../components/Action.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { toast } from '../../components/toast.ts';
import { useText } from '../../locale/locale.ts';
import { open, routePath } from '../../routes.ts';
import { keepToken, memberApi, session } from '../../session/session.ts';
import { useStore } from '../../session/store.ts';
import { useResource } from '../../session/useResource.ts';
import { ProfileForm } from './ProfileForm.tsx';
import { Settings } from './Settings.tsx';

function ProfilePage() {
  const text = useText();
  return <Page title={text.profile.title}><ProfileContent /></Page>;
}

// The settings stay within reach of somebody who is not signed in: language and tone are theirs too.
function ProfileContent() {
  const text = useText();
  const { token } = useStore(session);
  const me = useResource('me', memberApi.me);
  if (token === null) {
    return (
      <>
        <View className="profile-guest">
          <Text className="profile-guest-text">{text.signedOut.hint}</Text>
          <Action text={text.signedOut.action} onTap={() => open('join')} />
        </View>
        <Settings />
      </>
    );
  }
  return (
    <>
      {me.value ? <ProfileForm key={me.value.id} member={me.value} /> : null}
      {me.value === null && me.problem ? <ProblemNotice problem={me.problem} onRetry={() => void me.reload()} /> : null}
      {me.value === null && !me.problem ? <Skeleton rows={5} /> : null}
      <Settings />
      <Section><Action kind="quiet" text={text.privacy.title} onTap={() => open('privacy')} /></Section>
      <Section><Action kind="quiet" text={text.profile.signOut} onTap={() => void askSignOut(text.profile.signOutAsk)} /></Section>
    </>
  );

  async function askSignOut(question: string) {
    const answer = await Taro.showModal({ title: question, confirmText: text.profile.signOut, cancelText: text.common.cancel });
    if (!answer.confirm) return;
    // The phone forgets the token even when the server cannot be told.
    await memberApi.signOut().catch(() => null);
    keepToken(null);
    toast(text.profile.signedOut);
    void Taro.reLaunch({ url: routePath('card') });
  }
}

export default ProfilePage;
