import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Popconfirm, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { useClock } from "../../../design/clock.ts";
import { formatFen } from "../../../design/money.ts";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { listParked, type ParkedCart, parkedKey, releaseCart, type TakenCart, takeUpCart } from "./parked.ts";
import { OpenBills } from "./split/open-bills.tsx";

interface Props {
  storeId: string;
  isOpen: boolean;
  onClose: () => void;
  onTaken: (cart: TakenCart) => void;
  onBill: (billId: string) => void;
}

const width = 520;

/** What the store's tills have set aside, the latest first: whose, by whom, since when. */
export function ParkedDrawer({ storeId, isOpen, onClose, onTaken, onBill }: Props) {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: parkedKey(storeId), queryFn: () => listParked(storeId), enabled: isOpen, staleTime: 0 });
  const refreshes = [parkedKey(storeId)];
  const takeUp = useAction<string, TakenCart>({ run: takeUpCart, refreshes, onDone: onTaken });
  const release = useAction<string, unknown>({ run: releaseCart, refreshes });
  return (
    <Drawer title={t("till.parked")} open={isOpen} onClose={onClose} size={Math.min(width, window.innerWidth)} destroyOnHidden>
      <ProblemAlert error={takeUp.error ?? release.error} />
      {isOpen ? <OpenBills storeId={storeId} onOpen={onBill} /> : null}
      {list.isPending ? <LoadingState rows={4} /> : list.isError ? <FailureState error={list.error} onRetry={() => void list.refetch()} /> : list.data.items.length === 0 ? <EmptyState title={t("till.noParked")} text={t("till.noParkedText")} /> : (
        <ul className="parked">
          {list.data.items.map((cart, index) => (
            <ParkedRow key={cart.orderId} cart={cart} isFirst={index === 0} isBusy={takeUp.isPending || release.isPending} onTakeUp={() => takeUp.mutate(cart.orderId)} onRelease={() => release.mutate(cart.orderId)} />
          ))}
        </ul>
      )}
    </Drawer>
  );
}

interface RowProps {
  cart: ParkedCart;
  isFirst: boolean;
  isBusy: boolean;
  onTakeUp: () => void;
  onRelease: () => void;
}

function ParkedRow({ cart, isFirst, isBusy, onTakeUp, onRelease }: RowProps) {
  const { t } = useTranslation();
  const clock = useClock();
  const name = cart.note ?? cart.memberName ?? cart.firstItem;
  return (
    <li className="parked-cart">
      <div className="row"><strong>{name}</strong>{cart.note && cart.memberName ? <span>{cart.memberName}</span> : null}<b className="num parked-due">{formatFen(cart.dueFen)}</b></div>
      <p className="soft">{t("till.parkedItems", { name: cart.firstItem, count: cart.items })} · {cart.parkedBy ?? "—"} · {clock.instant(cart.parkedAt)}</p>
      <div className="row">
        {cart.heldUntil ? <Tag color="green">{t("till.heldUntil", { at: clock.instant(cart.heldUntil) })}</Tag> : <Tag color="orange">{t("till.holdOver")}</Tag>}
        <span className="parked-actions">
          <Popconfirm title={t("till.releaseTitle")} okText={t("till.release")} cancelText={t("action.cancel")} onConfirm={onRelease}><Button disabled={isBusy} aria-label={`${t("till.release")} ${name}`}>{t("till.release")}</Button></Popconfirm>
          <Button type="primary" autoFocus={isFirst} disabled={isBusy} aria-label={`${t("till.takeUp")} ${name}`} onClick={onTakeUp}>{t("till.takeUp")}</Button>
        </span>
      </div>
    </li>
  );
}
