import { route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { customRevealRoute } from "../objects/index.ts";
import { addProduct, changeProduct, upsertProducts } from "./product.ts";
import { newProduct, productBatch, productChange, productOutcomes, productPage, productQuery, productReply, productResolve, productsResolved } from "./product.schema.ts";
import { getProduct, listProducts, resolveProducts } from "./product.view.ts";

export const productConsoleRoutes = (): Route[] => [
  route({
    method: "GET", path: "/products", can: "signed-in", summary: "Products by SKU; q finds name, pinyin, initials, SKU and barcode",
    query: productQuery, reply: productPage, run: (scope, { query }) => listProducts(scope, query),
  }),
  route({
    method: "POST", path: "/products:resolve", can: "signed-in", summary: "The products behind up to 1,000 SKUs; unknown ones are left out",
    body: productResolve, reply: productsResolved, run: async (scope, { body }) => ({ items: await resolveProducts(scope, body.skus) }),
  }),
  route({
    method: "POST", path: "/products", can: "products.manage", summary: "Add a product", status: 201,
    body: newProduct, reply: productReply, run: (scope, { body }) => addProduct(scope, body),
  }),
  route({
    method: "PATCH", path: "/products/{id}", can: "products.manage", summary: "Change a product",
    params: idParams, body: productChange, reply: productReply, run: (scope, { params, body }) => changeProduct(scope, params.id, body),
  }),
  customRevealRoute("product", "/products/{id}", idParams, async (scope, { id }) => (await getProduct(scope, id)).id),
];

export const productOpenRoutes = (): Route[] => [
  route({
    method: "POST", path: "/products:batch", can: "products:write", summary: "Add or change up to 1,000 products by SKU",
    body: productBatch, reply: productOutcomes, run: async (scope, { body }) => ({ outcomes: await upsertProducts(scope, body.products) }),
  }),
];
