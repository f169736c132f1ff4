import type { Scope } from "../kernel/scope.ts";
import { createCardProduct, sellCard, useCard } from "../modules/payments/index.ts";
import type { BrandPlan } from "./brand.ts";
import type { Guest } from "./guests.ts";
import type { Places } from "./places.ts";

/** What a brand sells as a card, and which of the cast hold it from the first day on. */
interface CardStory {
  name: string;
  serves: string;
  kind: "count" | "period";
  priceFen: number;
  units: number;
  listUseFen: number | null;
  renews: boolean;
  /** by place in the cast, with how often they have used it */
  holders: readonly { cast: number; uses: number }[];
}

const stories: Readonly<Record<string, readonly CardStory[]>> = {
  hotpot: [
    { name: "酸梅汤十次卡", serves: "酸梅汤一扎", kind: "count", priceFen: 12_800, units: 10, listUseFen: 1_600, renews: false, holders: [{ cast: 0, uses: 4 }, { cast: 3, uses: 1 }] },
    { name: "毛肚季卡", serves: "每次到店毛肚享会员价", kind: "period", priceFen: 9_900, units: 120, listUseFen: null, renews: true, holders: [{ cast: 1, uses: 0 }] },
  ],
  bakery: [
    { name: "美式咖啡二十次卡", serves: "中杯美式一杯", kind: "count", priceFen: 19_800, units: 20, listUseFen: 1_500, renews: false, holders: [{ cast: 0, uses: 11 }] },
    { name: "早餐月卡", serves: "工作日早餐套餐减 3 元", kind: "period", priceFen: 1_990, units: 30, listUseFen: null, renews: true, holders: [{ cast: 1, uses: 0 }] },
  ],
};

/** The cards of a brand, and those that some of the cast bought on the morning of the first day. */
export async function holdCards(scope: Scope, { brand, guests, places }: { brand: BrandPlan; guests: readonly Guest[]; places: Places }): Promise<void> {
  const cast = guests.filter((guest) => guest.cast && guest.joinedOn < 0);
  for (const [position, { holders, ...story }] of (stories[brand.code] ?? []).entries()) {
    const { id } = await createCardProduct(scope, { ...story, validDays: null, benefitTag: null, storeIds: [], isActive: true, position });
    for (const holder of holders) {
      const guest = cast[holder.cast];
      const memberId = guest && places.memberIds.get(guest.phone);
      const storeId = guest && places.storeIds.get(guest.store);
      if (!memberId || !storeId) continue;
      const { cardId } = await sellCard(scope, { memberId, productId: id, method: "cash", storeId });
      if (holder.uses > 0) await useCard(scope, { cardId, uses: holder.uses, storeId });
    }
  }
}
