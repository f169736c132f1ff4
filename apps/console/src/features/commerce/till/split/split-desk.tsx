import "./split.css";
import { useState } from "react";
import { useAction } from "../../../../api/action.ts";
import { api } from "../../../../api/client.ts";
import { type Cart, quoteRequest } from "../cart.ts";
import type { Quote } from "../quote.ts";
import { type Bill, billsKey, type ShareWish } from "./bill.ts";
import { BillDesk } from "./bill-desk.tsx";
import { DivideDesk } from "./divide-desk.tsx";

interface Props {
  cart: Cart;
  quote: Quote;
  storeId: string;
  onBack: () => void;
  /** The table has paid, or its bill goes on without this till. */
  onDone: () => void;
}

/** AA 制: first who pays what, then everybody pays. Until somebody has paid one may go back and divide anew. */
export function SplitDesk({ cart, quote, storeId, onBack, onDone }: Props) {
  const [bill, setBill] = useState<Bill | null>(null);
  const divide = useAction<ShareWish[], Bill>({
    run: (shares) => {
      const { memberId: _of, ...request } = quoteRequest(cart, storeId);
      return api.put(`/bills/${cart.orderId}`, { ...request, shares });
    },
    refreshes: [billsKey(storeId)],
    onDone: setBill,
  });
  if (bill) return <BillDesk billId={bill.id} onAnew={() => setBill(null)} onDone={onDone} />;
  return <DivideDesk cart={cart} quote={quote} isBusy={divide.isPending} error={divide.error} onDivide={(shares) => divide.mutate(shares)} onBack={onBack} />;
}
