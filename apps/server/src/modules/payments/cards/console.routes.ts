import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { getMember } from "../../customers/index.ts";
import { once } from "../kept-answer.ts";
import type { PaymentsParts, WithdrawalParts } from "../parts.ts";
import { preparePayment } from "../payment.opening.ts";
import { demandStoreHere } from "../prepaid/console.routes.ts";
import { cardQuoteBody, cardWithdrawBody, withdrawalQuoteReply, withdrawalReply } from "../prepaid/prepaid.schema.ts";
import { getWithdrawal } from "../prepaid/withdrawal.view.ts";
import { card, cardPage, product, productBody, productPage, productPatch, sellBody, sellReply, undoBody, useBody, usePage, useReply } from "./card.schema.ts";
import { getCard, listCards, listUses } from "./card.view.ts";
import { pauseCard, resumeCard } from "./card-pause.ts";
import { changeProduct, createProduct, listProducts } from "./card-product.ts";
import { quoteCard, refundCard } from "./card.refund.ts";
import { sellCard } from "./card-sale.ts";
import { undoUse, useCard } from "./card-use.ts";
import { endRenewal } from "./renewal.state.ts";

export const cardConsoleRoutes = (parts: PaymentsParts & WithdrawalParts): Route[] => [...productRoutes(), ...saleRoutes(parts), ...useRoutes(), ...periodRoutes(), ...refundRoutes(parts)];

const productRoutes = (): Route[] => [
  route({ method: "GET", path: "/card-products", can: "signed-in", summary: "Count cards and period cards", reply: productPage, run: async (scope) => ({ items: await listProducts(scope, { onOffer: false }), nextCursor: null }) }),
  route({ method: "POST", path: "/card-products", can: "loyalty.manage", summary: "Add a card", status: 201, body: productBody, reply: product, run: (scope, { body }) => createProduct(scope, body) }),
  route({ method: "PATCH", path: "/card-products/{id}", can: "loyalty.manage", summary: "Change a card; those that were sold keep what they have", params: idParams, body: productPatch, reply: product, run: (scope, { params, body }) => changeProduct(scope, params.id, body) }),
];

const saleRoutes = (parts: PaymentsParts): Route[] => [
  route({
    method: "GET", path: "/members/{id}/cards", can: "members.read", summary: "A member's cards", params: idParams, reply: cardPage,
    run: async (scope, { params }) => {
      await getMember(scope, params.id);
      return { items: await listCards(scope, params.id), nextCursor: null };
    },
  }),
  directRoute({
    method: "POST", path: "/members/{id}/cards", can: "stored-value.top-up", summary: "Sell a card at the till; WeChat's waits for the guest to scan", idempotent: true, params: idParams, body: sellBody, reply: sellReply,
    handle: async (caller, { params, body }, exchange) => {
      const sold = await once(parts, caller, exchange, async (scope) => {
        await demandStoreHere(scope, body.storeId);
        return sellCard(scope, { memberId: params.id, productId: body.productId, method: body.payment, storeId: body.storeId });
      });
      const pay = sold.paymentId ? await preparePayment(parts, caller, sold.paymentId) : null;
      const view = await parts.database.inScope(caller, (scope) => getCard(scope, sold.cardId));
      return { card: view, saleId: sold.saleId, paymentId: sold.paymentId, codeUrl: pay?.["codeUrl"] ?? null };
    },
  }),
];

const useRoutes = (): Route[] => [
  route({
    method: "POST", path: "/cards/{id}:use", can: "till.use", summary: "Redeem uses of a count card, exactly once for a key", idempotent: true, params: idParams, body: useBody, reply: useReply,
    run: async (scope, { params, body }) => {
      await getCard(scope, params.id);
      await demandStoreHere(scope, body.storeId);
      const useId = await useCard(scope, { cardId: params.id, ...body });
      const made = (await listUses(scope, params.id)).find((one) => one.id === useId);
      if (!made) throw new Error("A use that was just written is missing");
      return { use: made, card: await getCard(scope, params.id) };
    },
  }),
  route({
    method: "POST", path: "/cards/{id}:undo-use", can: "orders.refund", summary: "Undo a use: the uses are back on the card", idempotent: true, params: idParams, body: undoBody, reply: useReply,
    run: async (scope, { params, body }) => {
      const undoId = await undoUse(scope, { cardId: params.id, ...body });
      const made = (await listUses(scope, params.id)).find((one) => one.id === undoId);
      if (!made) throw new Error("An undoing that was just written is missing");
      return { use: made, card: await getCard(scope, params.id) };
    },
  }),
  route({ method: "GET", path: "/cards/{id}/uses", can: "members.read", summary: "A card's uses, newest first", params: idParams, reply: usePage, run: async (scope, { params }) => ({ items: await listUses(scope, params.id), nextCursor: null }) }),
];

const periodRoutes = (): Route[] => [
  route({
    method: "POST", path: "/cards/{id}:pause", can: "stored-value.withdraw", summary: "Stop a period card's clock", params: idParams, reply: card,
    run: async (scope, { params }) => {
      await pauseCard(scope, params.id);
      return getCard(scope, params.id);
    },
  }),
  route({
    method: "POST", path: "/cards/{id}:resume", can: "stored-value.withdraw", summary: "Let a paused card run again for the days that were left", params: idParams, reply: card,
    run: async (scope, { params }) => {
      await resumeCard(scope, params.id);
      return getCard(scope, params.id);
    },
  }),
  route({
    method: "POST", path: "/cards/{id}:end-renewal", can: "stored-value.withdraw", summary: "End a card's automatic renewal at the member's wish", params: idParams, reply: card,
    run: async (scope, { params }) => {
      await getCard(scope, params.id);
      await endRenewal(scope, params.id, "by-staff");
      return getCard(scope, params.id);
    },
  }),
];

const refundRoutes = ({ approvals }: WithdrawalParts): Route[] => [
  route({ method: "POST", path: "/cards/{id}:quote-refund", can: "stored-value.withdraw", summary: "What goes back for a card, step by step", params: idParams, body: cardQuoteBody, reply: withdrawalQuoteReply, run: (scope, { params, body }) => quoteCard(scope, approvals, { cardId: params.id, ...body }) }),
  route({
    method: "POST", path: "/cards/{id}:refund", can: "stored-value.withdraw", summary: "Take a card back; above the limit, or as the chain says, it waits for others", idempotent: true, params: idParams, body: cardWithdrawBody, reply: withdrawalReply,
    run: async (scope, { params, body }) => {
      await getCard(scope, params.id);
      if (body.storeId) await demandStoreHere(scope, body.storeId);
      return getWithdrawal(scope, await refundCard(scope, approvals, { ...body, cardId: params.id, storeId: body.storeId ?? null }));
    },
  }),
];
