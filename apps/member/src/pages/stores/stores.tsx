import Taro, { stopPullDownRefresh, usePullDownRefresh } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Store } from '../../api/brand.ts';
import { Icon } from '../../components/Icon.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast } from '../../components/toast.ts';
import { useText } from '../../locale/locale.ts';
import { reloadBrand, useBrand } from '../../session/brandState.ts';

const ALL = '';

function StoresPage() {
  const text = useText();
  usePullDownRefresh(() => void reloadBrand().finally(() => stopPullDownRefresh()));
  return <Page title={text.stores.title}><StoresContent /></Page>;
}

function StoresContent() {
  const text = useText();
  const { brand } = useBrand();
  const [city, setCity] = useState(ALL);
  const stores = brand?.stores ?? [];
  const cities = [...new Set(stores.map((store) => store.city ?? '').filter(Boolean))];
  if (stores.length === 0) return <Notice icon="store" title={text.stores.empty} />;
  return (
    <>
      {cities.length > 1 ? (
        <View className="chips" role="radiogroup" aria-label={text.stores.title}>
          {[ALL, ...cities].map((name) => (
            <Tap key={name} role="radio" className={`chip ${name === city ? 'is-on' : ''}`} isPressed={name === city} onTap={() => setCity(name)}>
              <Text>{name === ALL ? text.stores.allCities : name}</Text>
            </Tap>
          ))}
        </View>
      ) : null}
      <View className="stores" role="list">
        {stores.filter((store) => city === ALL || store.city === city).map((store) => <StoreCard key={store.id} store={store} />)}
      </View>
    </>
  );
}

function StoreCard({ store }: { store: Store }) {
  const text = useText();
  const { address, phone, openingHours } = store;
  const copy = () => {
    if (!address) return;
    Taro.setClipboardData({ data: address }).then(() => toast(text.common.copied), () => undefined);
  };
  return (
    <View className="store" role="listitem">
      <View className="store-words">
        <Text className="store-name">{store.name}</Text>
        {address ? (
          <Tap className="store-line" label={`${text.stores.copy} ${address}`} onTap={copy}>
            <Icon name="pin" size="small" /><Text className="store-text">{address}</Text>
          </Tap>
        ) : null}
        {openingHours ? (
          <View className="store-line"><Icon name="clock" size="small" /><Text className="store-text figures">{openingHours}</Text></View>
        ) : null}
      </View>
      {phone ? (
        <Tap className="store-call" label={`${text.stores.call} ${store.name}`} onTap={() => void Taro.makePhoneCall({ phoneNumber: phone }).catch(() => undefined)}>
          <Icon name="phone" />
        </Tap>
      ) : null}
    </View>
  );
}

export default StoresPage;
