import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../../kernel/http/wire.ts";
import { getMember } from "../../customers/index.ts";
import { cancelRedemption } from "./ending.ts";
import { changeItem, createItem } from "./item.ts";
import { getItem, listItems, listOffered } from "./item.view.ts";
import {
  cancelBody, codeBody, counterBody, handOutBody, itemBody, itemPage, itemPatch, itemQuery, itemReply, offeredPage, pictureBody, pictureReply, redemptionQuery, staffRedemption,
  staffRedemptionPage, statisticsQuery, statisticsReply,
} from "./mall.schema.ts";
import { handOut, lookUpCode } from "./pickup.ts";
import { addPicture } from "./picture.ts";
import { redeemItem } from "./redeem.ts";
import { getStaffRedemption, listStaffRedemptions } from "./redemption.view.ts";
import { readMallStatistics } from "./statistics.view.ts";

/** A code is short: whoever may type one may not try them all. */
const CODES_A_MINUTE = 60;

export const mallConsoleRoutes: Route[] = [
  route({ method: "GET", path: "/mall-items", can: "loyalty.manage", summary: "Items of the points mall, by position", query: itemQuery, reply: itemPage, run: (scope, { query }) => listItems(scope, query) }),
  route({ method: "GET", path: "/mall-items/{id}", can: "loyalty.manage", summary: "One item of the points mall", params: idParams, reply: itemReply, run: (scope, { params }) => getItem(scope, params.id) }),
  route({ method: "POST", path: "/mall-items", can: "loyalty.manage", summary: "Add an item to the points mall", status: 201, body: itemBody, reply: itemReply, run: (scope, { body }) => createItem(scope, body) }),
  route({ method: "PATCH", path: "/mall-items/{id}", can: "loyalty.manage", summary: "Change an item; what was redeemed keeps its price", params: idParams, body: itemPatch, reply: itemReply, run: (scope, { params, body }) => changeItem(scope, params.id, body) }),
  route({ method: "POST", path: "/mall-pictures", can: "loyalty.manage", summary: "Keep a picture of at most 200 kB: JPEG, PNG or WebP", status: 201, body: pictureBody, reply: pictureReply, run: (scope, { body }) => addPicture(scope, body.base64) }),
  route({ method: "GET", path: "/redemptions", can: "members.read", summary: "Redemptions, newest first", query: redemptionQuery, reply: staffRedemptionPage, run: (scope, { query }) => listStaffRedemptions(scope, query) }),
  route({ method: "GET", path: "/redemptions/{id}", can: "members.read", summary: "One redemption", params: idParams, reply: staffRedemption, run: (scope, { params }) => getStaffRedemption(scope, params.id) }),
  route({ method: "POST", path: "/redemptions:lookup", can: "till.use", summary: "What a pickup code stands for", perMinute: CODES_A_MINUTE, body: codeBody, reply: staffRedemption, run: (scope, { body }) => lookUpCode(scope, body.code) }),
  route({
    method: "POST", path: "/redemptions/{id}:hand-out", can: "till.use", summary: "Hand it out at a store; once", idempotent: true, params: idParams, body: handOutBody, reply: staffRedemption,
    run: (scope, { params, body }) => handOut(scope, params.id, body.storeId),
  }),
  route({
    method: "POST", path: "/redemptions/{id}:cancel", can: "points.adjust", summary: "Take a redemption back: points to their lots, cash to the payer", idempotent: true, params: idParams, body: cancelBody, reply: staffRedemption,
    run: async (scope, { params, body }) => {
      await cancelRedemption(scope, params.id, body);
      return getStaffRedemption(scope, params.id);
    },
  }),
  route({ method: "GET", path: "/members/{id}/mall-items", can: "till.use", summary: "The points mall as a member sees it, for a counter", params: idParams, query: pageQuery, reply: offeredPage, run: async (scope, { params, query }) => {
    await getMember(scope, params.id);
    return listOffered(scope, params.id, query);
  } }),
  route({
    method: "POST", path: "/members/{id}/redemptions", can: "till.use", summary: "Redeem at a counter, where the item is handed over and its cash part taken", status: 201, idempotent: true,
    params: idParams, body: counterBody, reply: staffRedemption,
    run: async (scope, { params, body: { storeId, payment, ...wish } }) => {
      const { redemptionId } = await redeemItem(scope, { ...wish, memberId: params.id, counter: { storeId, payment } });
      return getStaffRedemption(scope, redemptionId);
    },
  }),
  route({ method: "GET", path: "/mall-statistics", can: "loyalty.manage", summary: "What the points mall moved within some days", query: statisticsQuery, reply: statisticsReply, run: (scope, { query }) => readMallStatistics(scope, query) }),
];
