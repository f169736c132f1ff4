import { useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../../../api/client.ts";
import type { Page } from "../../../../api/page.ts";
import { useClock } from "../../../../design/clock.ts";
import { formatFen } from "../../../../design/money.ts";
import { type BillRow, billsKey } from "./bill.ts";

/** Tables that have not all paid yet; nothing is shown where there are none. */
export function OpenBills({ storeId, onOpen }: { storeId: string; onOpen: (billId: string) => void }) {
  const { t } = useTranslation();
  const clock = useClock();
  const bills = useQuery({ queryKey: billsKey(storeId), queryFn: () => api.get<Page<BillRow>>("/bills", { storeId, limit: 50 }), staleTime: 0 });
  if (!bills.data?.items.length) return null;
  return (
    <section aria-label={t("split.open")}>
      <h2 className="parked-title">{t("split.open")}</h2>
      <ul className="parked">
        {bills.data.items.map((bill) => (
          <li key={bill.id} className="parked-cart">
            <div className="row"><strong>{bill.note ?? bill.id}</strong><b className="num parked-due">{formatFen(bill.totalFen - bill.paidFen)}</b></div>
            <p className="soft">{t("split.progress", { paid: bill.sharesPaid, count: bill.shares })} · {clock.instant(bill.openedAt)}</p>
            <div className="row">{bill.isOverdue ? <Tag color="orange">{t("split.overdue")}</Tag> : null}<span className="parked-actions"><Button type="primary" onClick={() => onOpen(bill.id)}>{t("split.continue")}</Button></span></div>
          </li>
        ))}
      </ul>
    </section>
  );
}
