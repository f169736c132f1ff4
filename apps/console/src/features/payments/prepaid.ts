import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type WithdrawalQuote = ConsoleSchemas["WithdrawalQuote"];
export type Withdrawal = ConsoleSchemas["Withdrawal"];
export type StoredCard = ConsoleSchemas["StoredCard"];
export type Prepaid = ConsoleSchemas["Prepaid"];
export type PrepaidTerms = ConsoleSchemas["PrepaidTerms"];
export type CardProduct = ConsoleSchemas["CardProduct"];
export type Card = ConsoleSchemas["Card"];
export type CardUse = ConsoleSchemas["CardUse"];
export type QuotedPart = WithdrawalQuote["parts"][number];
export type Step = QuotedPart["steps"][number];
export type Cause = WithdrawalQuote["cause"];
export type SpendOrder = PrepaidTerms["spendOrder"];

export const prepaidQuery = (memberId: string) => queryOptions({ queryKey: ["prepaid", memberId], queryFn: () => api.get<Prepaid>(`/members/${memberId}/prepaid`) });
export const cardsQuery = (memberId: string) => queryOptions({ queryKey: ["cards", memberId], queryFn: () => api.get<Page<Card>>(`/members/${memberId}/cards`) });
export const termsQuery = queryOptions({ queryKey: ["prepaid-terms"], queryFn: () => api.get<PrepaidTerms>("/prepaid-terms") });
export const productsQuery = queryOptions({ queryKey: ["/card-products"], queryFn: () => api.get<Page<CardProduct>>("/card-products") });

/** What a change of a member's prepaid value makes stale, beside the member's own figures. */
export const prepaidRefreshes = (memberId: string) => [["prepaid", memberId], ["cards", memberId], ["/withdrawals"], ["members", memberId], [`/members/${memberId}/stored-value-entries`], ["/members"]];
