import "./mall.css";
import { BarcodeOutlined, CheckCircleFilled } from "@ant-design/icons";
import { Button, Input, type InputRef, Select, Tag } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { Fact, Facts, PageFrame, Panel } from "../../design/page-frame.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import { useSession } from "../../shell/session.ts";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { ItemCell } from "./item-cell.tsx";
import { type Redemption, stateColours } from "./mall.ts";

/** The pickup desk: scan or type, look, hand out, next. Works with a scanner and Enter alone. */
export function PickupPage() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const { store } = useStoreChoice();
  const [chosen, setChosen] = useState<string | null>(null);
  const storeId = store?.id ?? chosen ?? (stores.length === 1 ? stores[0]?.id : undefined);
  const input = useRef<InputRef>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [code, setCode] = useState("");
  const look = useAction<string, Redemption>({ run: (typed) => api.post("/redemptions:lookup", { code: typed }), onDone: () => hand.reset() });
  const hand = useAction<{ id: string; storeId: string }, Redemption>({
    run: ({ id, storeId: at }, key) => api.post(`/redemptions/${id}:hand-out`, { storeId: at }, key), refreshes: [["/redemptions"]],
    onDone: () => {
      setCode("");
      input.current?.focus();
    },
  });
  const found = hand.data ?? look.data;
  useEffect(() => {
    if (look.data?.state === "ready") button.current?.focus();
  }, [look.data]);
  const submit = () => {
    if (code.trim()) look.mutate(code.trim());
  };
  return (
    <PageFrame title={t("menu.pickup")} lead={t("pickup.lead")}>
      <div className="pickup">
        {store || stores.length === 1 ? null : <Select aria-label={t("shell.store")} placeholder={t("pickup.store")} value={chosen} onChange={setChosen} options={stores.map((one) => ({ value: one.id, label: one.name }))} showSearch={{ optionFilterProp: "label" }} />}
        <form className="pickup-scan" onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <Input ref={input} autoFocus size="large" prefix={<BarcodeOutlined aria-hidden />} aria-label={t("pickup.code")} placeholder={t("pickup.codeHint")} autoComplete="off" spellCheck={false} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />
          <Button size="large" htmlType="submit" loading={look.isPending}>{t("pickup.look")}</Button>
        </form>
        <ProblemAlert error={look.error} />
        {found && !look.error ? (
          <Panel title={t(`redemption.states.${found.state}`)} extra={<Tag color={stateColours[found.state]}>{t(`mall.kinds.${found.kind}`)}</Tag>}>
            <Found redemption={found} isDone={hand.isSuccess} />
            <ProblemAlert error={hand.error} />
            {found.state === "ready" ? (
              <Button ref={button} type="primary" size="large" block disabled={!storeId} loading={hand.isPending} onClick={() => storeId && hand.mutate({ id: found.id, storeId })}>
                {storeId ? t("pickup.handOut") : t("pickup.store")}
              </Button>
            ) : null}
          </Panel>
        ) : null}
      </div>
    </PageFrame>
  );
}

function Found({ redemption, isDone }: { redemption: Redemption; isDone: boolean }) {
  const { t } = useTranslation();
  const clock = useClock();
  return (
    <div className="stack">
      {isDone ? <p role="status" className="row good"><CheckCircleFilled aria-hidden />{t("pickup.done")}</p> : null}
      <div className="pickup-name"><ItemCell item={redemption} /></div>
      <Facts>
        <Fact label={t("redemption.member")}>{redemption.memberName || redemption.memberNo}</Fact>
        <Fact label={t("redemption.at")}>{clock.instant(redemption.createdAt)}</Fact>
        {redemption.handedAt ? <Fact label={t("pickup.handedAt")}>{`${clock.instant(redemption.handedAt)} ${redemption.storeName ?? ""} ${redemption.handedBy ?? ""}`}</Fact> : <Fact label={t("pickup.until")}>{clock.day(redemption.pickupUntil)}</Fact>}
      </Facts>
    </div>
  );
}
