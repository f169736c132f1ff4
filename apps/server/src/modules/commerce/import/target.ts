import { CustomImport, referenceTitles, type ReferenceFinder } from "../../objects/index.ts";
import { EntryTarget, type ImportTarget } from "../../platform/index.ts";
import { ProductEntries } from "./entries.ts";
import { productFields } from "./fields.ts";

export const productTarget = (finders: readonly ReferenceFinder[]): ImportTarget => ({
  describe: async (scope) => [{ key: "product", name: "商品", nameEn: "Product", can: "products.manage", fields: await productFields(scope) }],
  open: async (scope, work) => {
    const custom = await CustomImport.open(scope, "product", work.mapping.columns.map((column) => column.field), finders);
    return new EntryTarget(new ProductEntries(scope.vault, custom, work.mapping), work);
  },
  titles: referenceTitles,
});
