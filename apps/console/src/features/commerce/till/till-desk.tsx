import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, App } from "antd";
import { useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { fieldSentence, Problem, problemOf, problemSentence } from "../../../api/problem.ts";
import { Turns } from "../../../api/turns.ts";
import type { SoldOrder } from "../order.ts";
import { CandidateList } from "./candidate-list.tsx";
import { type Cart, changeCart, emptyCart, quoteRequest } from "./cart.ts";
import { CartTable } from "./cart-table.tsx";
import { DiscountDrawer } from "./discount-drawer.tsx";
import { useShortcuts } from "./keys.ts";
import { MemberCard } from "./member-card.tsx";
import { ParkDrawer } from "./park-drawer.tsx";
import type { TakenCart } from "./parked.ts";
import { ParkedDrawer } from "./parked-drawer.tsx";
import { isOfflineNow, isUnreachable, noteOffline, countWaiting, useNetwork } from "./offline/network.ts";
import { OfflineBar } from "./offline/offline-bar.tsx";
import { packNow, packOf } from "./offline/pack.ts";
import { priceOffline, sellOffline } from "./offline/price.ts";
import { pointsTender, type Quote, type TenderRequest } from "./quote.ts";
import { Receipt } from "./receipt.tsx";
import { ScanInput } from "./scan-input.tsx";
import { ShortcutBar } from "./shortcut-bar.tsx";
import { BillDesk } from "./split/bill-desk.tsx";
import { SplitDesk } from "./split/split-desk.tsx";
import { TenderPane } from "./tender-pane.tsx";
import { TillTools } from "./till-tools.tsx";
import { QuoteTotals } from "./quote-totals.tsx";

interface Done {
  order: SoldOrder;
  changeFen: number;
}

/** One order at a time: scan, look, pay, next. */
export function TillDesk({ storeId, storeName }: { storeId: string; storeName: string }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [cart, change] = useReducer(changeCart, null, emptyCart);
  const [isPaying, setPaying] = useState(false);
  const [isAskedToPay, setAskedToPay] = useState(false);
  const [isFindingMember, setFindingMember] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [isSplitting, setSplitting] = useState(false);
  const [billId, setBillId] = useState<string | null>(null);
  const [drawer, setDrawer] = useState<"park" | "parked" | "discount" | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const network = useNetwork(storeId);
  const quote = useQuote(cart, storeId, network.isOffline);
  const shown = cart.lines.length > 0 ? quote.data : undefined;
  const limit = cart.lines.length > 0 ? shown?.discountLimit ?? limitIn(quote.error) : undefined;
  const focusInput = () => input.current?.focus();

  const next = () => {
    setDone(null);
    setPaying(false);
    setAskedToPay(false);
    setNotice(null);
    setSplitting(false);
    setBillId(null);
    change({ kind: "clear" });
    setTimeout(focusInput);
  };
  const askClear = () => {
    if (cart.lines.length === 0 && !cart.member) return;
    modal.confirm({ title: t("till.clearTitle"), okText: t("till.clear"), cancelText: t("action.cancel"), autoFocusButton: "ok", onOk: next, afterClose: focusInput });
  };
  const closeDrawer = () => {
    setDrawer(null);
    setTimeout(focusInput);
  };
  const takeUp = (taken: TakenCart) => {
    change({ kind: "restore", cart: taken });
    closeDrawer();
  };
  const canPark = Boolean(shown) && !network.isOffline && !quote.isPlaceholderData;
  const park = () => canPark && setDrawer("park");
  const seeParked = () => (cart.lines.length === 0 ? setDrawer("parked") : setNotice(t("till.takeUpEmptyFirst")));
  const isPriced = Boolean(shown) && !quote.isPlaceholderData;
  const pay = () => cart.lines.length > 0 && setAskedToPay(true);
  // Who is quicker than the price pays as soon as it is there.
  useEffect(() => {
    if (!isAskedToPay || !(isPriced || quote.isError)) return;
    setAskedToPay(false);
    if (isPriced) setPaying(true);
  }, [isAskedToPay, isPriced, quote.isError]);
  const stepBack = () => {
    setPaying(false);
    setAskedToPay(false);
    setFindingMember(false);
    setTimeout(focusInput);
  };
  const togglePoints = () => {
    if (shown && (cart.usesPoints || pointsTender(shown))) change({ kind: "points" });
  };
  const coupons = shown?.candidates.filter((candidate) => candidate.kind === "coupon") ?? [];
  const toggleCoupon = (couponId: string) => change({ kind: "coupon", couponId, inQuote: shown?.couponIds ?? [] });
  const toggleNth = (nth: number) => {
    const coupon = coupons[nth - 1];
    if (coupon?.applies) toggleCoupon(coupon.id);
  };
  const split = () => canPark && setSplitting(true);
  useShortcuts(
    isSplitting || billId ? {} : done
      ? { F2: next, Escape: next }
      : { F2: stepBack, F4: () => { setPaying(false); setFindingMember(true); setTimeout(focusInput); }, F6: togglePoints, F7: askClear, ...(!isPaying && { F1: split, F3: park, F10: seeParked }), F8: pay, ...(!isPaying && { F9: pay }), Escape: stepBack },
    done || isPaying || isSplitting || billId ? undefined : toggleNth,
  );

  if (done) return <Receipt order={done.order} changeFen={done.changeFen} storeName={storeName} onNext={next} />;
  if (billId) return <BillDesk billId={billId} onDone={next} />;
  if (isSplitting && shown) return <SplitDesk cart={cart} quote={shown} storeId={storeId} onBack={() => { setSplitting(false); setTimeout(focusInput); }} onDone={next} />;
  return (
    <div className={isPaying ? "till is-paying" : "till"}>
      <h1 className="unseen">{t("menu.till")} · {storeName}</h1>
      <section className="till-left" aria-label={t("till.cart")}>
        <ScanInput ref={input} storeId={storeId} change={change} couponsInQuote={shown?.couponIds ?? []} isFindingMember={isFindingMember} onMemberFound={() => setFindingMember(false)} />
        <OfflineBar network={network} />
        {notice ? <Alert type="warning" showIcon closable={{ onClose: () => setNotice(null) }} title={notice} role="alert" /> : null}
        {quote.isError && cart.lines.length > 0 ? <Alert type="error" showIcon role="alert" title={problemSentence(t, quote.error)} description={problemOf(quote.error).errors?.map((one) => fieldSentence(t, one)).join("; ")} /> : null}
        <CartTable cart={cart} quote={shown} change={change} onTouched={focusInput} />
        <TillTools storeId={storeId} isStarted={cart.lines.length > 0 || cart.member !== null} canPark={canPark} canDiscount={Boolean(limit?.percent)} onDiscount={() => setDrawer("discount")} onPark={park} onSplit={split} onParked={seeParked} onClear={askClear} />
        <ParkDrawer orderId={cart.orderId} storeId={storeId} isOpen={drawer === "park"} onClose={closeDrawer} onParked={next} />
        {limit && drawer === "discount" ? <DiscountDrawer cart={cart} limit={limit} onClose={closeDrawer} onGiven={(given) => { change({ kind: "discount", given }); closeDrawer(); }} /> : null}
        <ParkedDrawer storeId={storeId} isOpen={drawer === "parked"} onClose={closeDrawer} onTaken={takeUp} onBill={(id) => { setDrawer(null); setBillId(id); }} />
      </section>
      <aside className="till-right" aria-label={t("till.checkout")}>
        {isPaying && shown ? (
          <TenderPane
            orderId={cart.orderId}
            quote={shown}
            commit={{ path: `/quotes/${cart.orderId}:commit`, body: { quoteHash: shown.quoteHash, expectedNetFen: shown.netFen } }}
            points={cart.usesPoints ? pointsTender(shown) : null}
            onBack={stepBack}
            {...(network.isOffline && { offline: async (tenders: TenderRequest[]) => sellHere(storeId, cart, tenders) })}
            onDone={(order, changeFen) => setDone({ order, changeFen })}
            onStale={async (sentence) => {
              setPaying(false);
              await quote.refetch();
              setNotice(sentence);
              focusInput();
            }}
          />
        ) : (
          <>
            <MemberCard cart={cart} quote={shown} change={change} onFind={() => { setFindingMember(true); focusInput(); }} onTouched={focusInput} />
            <CandidateList quote={shown} usesPoints={cart.usesPoints} onPoints={() => { togglePoints(); focusInput(); }} onCoupon={(couponId) => { toggleCoupon(couponId); focusInput(); }} />
            <QuoteTotals quote={shown} points={shown && cart.usesPoints ? pointsTender(shown) : null} isStale={cart.lines.length > 0 && (quote.isPlaceholderData || quote.isFetching)} onPay={pay} />
          </>
        )}
      </aside>
      <ShortcutBar isPaying={isPaying} />
    </div>
  );
}

/** What the server is asked last is what it sells: of two requests under way it may finish the older one last. */
const quoteTurns = new Turns();

/** The price is the server's while it can be reached: every change of the cart asks again, and an older answer never overtakes a newer one. */
function useQuote(cart: Cart, storeId: string, isOffline: boolean) {
  const request = quoteRequest(cart, storeId);
  return useQuery({
    queryKey: ["quote", cart.orderId, request, isOffline],
    queryFn: async ({ signal }) => {
      if (isOfflineNow()) return priceHere(storeId, cart);
      try {
        return await quoteTurns.take(() => api.put<Quote>(`/quotes/${cart.orderId}`, request), signal);
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        noteOffline();
        return priceHere(storeId, cart);
      }
    },
    enabled: cart.lines.length > 0,
    networkMode: "always",
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}

/** A cart that gives too much has no quote: its refusal says the limit, so that less can be given. */
function limitIn(error: unknown): Quote["discountLimit"] | undefined {
  const { limitPercent: percent, limitFen } = problemOf(error);
  return percent === undefined || limitFen === undefined ? undefined : { percent, limitFen };
}

async function priceHere(storeId: string, cart: Cart): Promise<Quote> {
  const pack = await packOf(storeId);
  if (!pack) throw new Problem({ code: "offline/pack", title: "This till has not been prepared for work without network", status: 409 });
  return priceOffline(pack, cart, packNow(pack));
}

async function sellHere(storeId: string, cart: Cart, tenders: TenderRequest[]): Promise<SoldOrder> {
  const pack = await packOf(storeId);
  if (!pack) throw new Problem({ code: "offline/pack", title: "This till has not been prepared for work without network", status: 409 });
  const order = await sellOffline(pack, cart, tenders);
  await countWaiting();
  return order;
}
