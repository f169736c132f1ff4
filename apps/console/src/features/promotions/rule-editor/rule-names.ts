import type { ExampleItem, ItemSelector, NameOf } from "@shuke/offers";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import { useSession } from "../../../shell/session.ts";
import type { Product } from "../../commerce/product.ts";
import { tiersQuery } from "../../loyalty/tier.ts";
import type { RuleDraft } from "./rule.ts";

/** What the server resolves in one call. */
const batch = 1_000;

/** Products by their SKUs, in calls of a thousand; unknown ones are missing from the answer. */
export async function resolveProducts(skus: readonly string[]): Promise<Product[]> {
  const parts = Array.from({ length: Math.ceil(skus.length / batch) }, (_, at) => skus.slice(at * batch, (at + 1) * batch));
  const found = await Promise.all(parts.map((part) => api.post<{ items: Product[] }>("/products:resolve", { skus: part })));
  return found.flatMap((one) => one.items);
}

const productsQuery = (skus: readonly string[]) =>
  queryOptions({ queryKey: ["/products:resolve", skus], queryFn: () => resolveProducts(skus), staleTime: 60_000, enabled: skus.length > 0 });

/** A first page of products: enough to offer categories to choose from. */
const shelfQuery = queryOptions({ queryKey: ["/products", { limit: 200 }], queryFn: () => api.get<Page<Product>>("/products", { limit: 200 }), staleTime: 60_000 });

export function useCategories(): string[] {
  const items = useQuery(shelfQuery).data?.items ?? [];
  return [...new Set(items.flatMap((one) => (one.category ? [one.category] : [])))].sort();
}

/** Sentences and examples name the first few products only; the rest are counted. */
const named = 12;

export function useProducts(skus: readonly string[]): Map<string, Product> {
  const wanted = [...new Set(skus)].filter(Boolean).sort();
  const items = useQuery(productsQuery(wanted)).data ?? [];
  return new Map(items.map((one) => [one.sku, one]));
}

/** The names of stores, tiers, channels and of these products. */
export function useNameOf(skus: readonly string[]): NameOf {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  const products = useProducts(skus);
  return (kind, id) => {
    switch (kind) {
      case "store": return stores.find((store) => store.id === id)?.name;
      case "tier": return tiers.find((tier) => tier.id === id)?.name;
      case "channel": return t(`channel.${id}`, { defaultValue: id });
      case "sku": return products.get(id)?.name;
      default: return undefined;
    }
  };
}

/** The names behind the ids of a rule, for its sentence, and its products, for its examples. */
export function useRuleNames(draft: RuleDraft): { nameOf: NameOf; itemOf: (sku: string) => ExampleItem | undefined } {
  const skus = skusOf(draft);
  const products = useProducts(skus);
  const itemOf = (sku: string): ExampleItem | undefined => {
    const product = products.get(sku);
    return product && { name: product.name, category: product.category, tags: [], unitPriceFen: product.unitPriceFen };
  };
  return { nameOf: useNameOf(skus), itemOf };
}

function skusOf(draft: RuleDraft): string[] {
  const of = (items: ItemSelector | null | undefined) => items?.skus?.slice(0, named) ?? [];
  return [
    ...of(draft.scope), ...of(draft.get), ...(draft.parts ?? []).flatMap((part) => of(part.items)), ...(draft.requires ?? []).flatMap((one) => of(one.items)),
    ...(draft.prices ?? []).slice(0, named).map((one) => one.sku),
  ];
}
