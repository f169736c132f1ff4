import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { FormDrawer } from "../../../design/form-drawer.tsx";
import { MoneyInput } from "../../../design/money-input.tsx";
import { formatFen } from "../../../design/money.ts";
import type { Cart, Given } from "./cart.ts";
import type { Quote } from "./quote.ts";

interface Props {
  cart: Cart;
  limit: Quote["discountLimit"];
  onClose: () => void;
  onGiven: (given: Given) => void;
}

/** What the cashier gives by hand: on the line that is selected, and on the whole order. Made anew each time: another line may be selected. */
export function DiscountDrawer({ cart, limit, onClose, onGiven }: Props) {
  const { t } = useTranslation();
  const line = cart.lines[cart.selected];
  const others = cart.lines.reduce((sum, one, index) => sum + (index === cart.selected ? 0 : one.manualDiscountFen ?? 0), 0);
  const within = ({ getFieldsValue }: { getFieldsValue: () => Partial<Given> }) => ({
    validator: async () => {
      const { lineFen, orderFen } = getFieldsValue();
      if (others + (lineFen ?? 0) + (orderFen ?? 0) > limit.limitFen) throw new Error(t("till.discountAbove", { limit: formatFen(limit.limitFen) }));
    },
  });
  return (
    <FormDrawer<Partial<Given>, Given>
      title={t("till.discount")}
      isOpen
      onClose={onClose}
      initial={{ lineFen: line?.manualDiscountFen ?? 0, orderFen: cart.manualDiscountFen }}
      submitLabel={t("till.discountGive")}
      run={async ({ lineFen, orderFen }) => Promise.resolve({ lineFen: Math.max(0, lineFen ?? 0), orderFen: Math.max(0, orderFen ?? 0) })}
      refreshes={[]}
      onDone={onGiven}
    >
      <p className="drawer-lead">{t("till.discountLimit", { percent: limit.percent, limit: formatFen(limit.limitFen) })}</p>
      {line ? <Form.Item name="lineFen" label={t("till.discountLine", { name: line.name })}><MoneyInput size="large" /></Form.Item> : null}
      <Form.Item name="orderFen" label={t("till.discountOrder")} dependencies={["lineFen"]} rules={[within]}><MoneyInput size="large" autoFocus /></Form.Item>
    </FormDrawer>
  );
}
