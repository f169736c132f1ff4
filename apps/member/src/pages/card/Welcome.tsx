import { Text, View } from '@tarojs/components';
import { Action } from '../../components/Action.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Section } from '../../components/Page.tsx';
import type { IconName } from '../../icons/icons.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { useBrand } from '../../session/brandState.ts';
import { Menu } from './Menu.tsx';

const STEP_ICONS: IconName[] = ['star', 'gift', 'wallet'];

/** The home page of somebody who is not a member yet. */
export function Welcome() {
  const text = useText();
  const { brand } = useBrand();
  return (
    <>
      <View className="tier-card welcome-card rank-0">
        <View className="tier-glow" />
        <View className="tier-ring" />
        <View className="tier-logo"><Text>{brand?.theme.logoText ?? ''}</Text></View>
        <Text className="welcome-title">{text.card.joinHero}</Text>
      </View>
      <View className="welcome-steps">
        {text.card.joinSteps.map((step, index) => (
          <View key={step} className="welcome-step">
            <View className="welcome-mark"><Icon name={STEP_ICONS[index] ?? 'star'} /></View>
            <Text>{step}</Text>
          </View>
        ))}
      </View>
      <Action text={text.signedOut.action} onTap={() => open('join')} />
      {brand && brand.tiers.length > 0 ? (
        <Section title={text.card.tiersTitle}>
          <View className="welcome-tiers">
            {[...brand.tiers].sort((one, other) => one.rank - other.rank).map((tier) => (
              <View key={tier.id} className="welcome-tier"><Text>{tier.name}</Text></View>
            ))}
          </View>
        </Section>
      ) : null}
      <Menu />
    </>
  );
}
