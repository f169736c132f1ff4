import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FormDrawer } from "../../../design/form-drawer.tsx";
import { parkCart, parkedKey } from "./parked.ts";

const noteMax = 40;

interface Props {
  orderId: string;
  storeId: string;
  isOpen: boolean;
  onClose: () => void;
  onParked: () => void;
}

/** Sets the cart aside under a name that the cashier will know again: a table, a face. */
export function ParkDrawer({ orderId, storeId, isOpen, onClose, onParked }: Props) {
  const { t } = useTranslation();
  return (
    <FormDrawer<{ note?: string }, unknown>
      title={t("till.park")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{}}
      submitLabel={t("till.park")}
      run={({ note }, key) => parkCart(orderId, note?.trim() ?? "", key)}
      refreshes={[parkedKey(storeId)]}
      onDone={onParked}
    >
      <p className="soft">{t("till.parkText")}</p>
      <Form.Item name="note" label={t("till.parkNote")}><Input autoFocus size="large" maxLength={noteMax} placeholder={t("till.parkNoteHint")} /></Form.Item>
    </FormDrawer>
  );
}
