import { customColumns } from "../../objects/index.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { TargetField } from "../../platform/index.ts";

const field = (key: string, name: string, nameEn: string, more: Partial<TargetField> = {}): TargetField => ({ key, name, nameEn, kind: "text", isRequired: false, isIdentifier: false, ...more });

/** What a file may tell of a product, with the headers that tills and shops write over it. */
const builtIn: readonly TargetField[] = [
  field("sku", "SKU", "SKU", { isRequired: true, isIdentifier: true, aliases: ["商品编码", "商品编号", "商品货号", "货号", "商品代码", "编码", "编号", "菜品编码", "item code", "item no", "item number", "product code", "product id", "code"] }),
  field("name", "商品名称", "Name", { isRequired: true, aliases: ["名称", "品名", "商品", "商品名", "菜名", "菜品", "菜品名称", "product", "product name", "item", "item name", "title"] }),
  field("category", "分类", "Category", { aliases: ["类别", "品类", "商品分类", "菜品分类", "商品类别", "大类", "product category", "type", "group", "department"] }),
  field("barcode", "条码", "Barcode", { isIdentifier: true, aliases: ["条形码", "商品条码", "国际条码", "ean", "ean13", "upc", "gtin", "bar code"] }),
  field("unitPriceFen", "售价", "Price", { kind: "money", isRequired: true, aliases: ["价格", "单价", "零售价", "销售价", "商品价格", "标准售价", "unit price", "retail price", "sale price", "selling price"] }),
  field("isActive", "在售", "On sale", { kind: "boolean", aliases: ["是否在售", "是否上架", "上架", "启用", "is active", "active", "available"] }),
];

export const productFields = async (scope: Scope): Promise<TargetField[]> => [...builtIn, ...await customColumns(scope, "product")];
