import { MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../../../design/money.ts";
import { MoneyInput } from "../../../../design/money-input.tsx";
import { ProblemAlert } from "../../../../design/state.tsx";
import type { Cart } from "../cart.ts";
import { useShortcuts } from "../keys.ts";
import type { Quote } from "../quote.ts";
import { claimed, type Person, shareWishes, type ShareWish, type Way } from "./bill.ts";
import { DishGrid } from "./dish-grid.tsx";
import { PersonMember } from "./person-member.tsx";

const peopleMax = 20;

interface Props {
  cart: Cart;
  quote: Quote;
  isBusy: boolean;
  error: unknown;
  onDivide: (shares: ShareWish[]) => void;
  onBack: () => void;
}

const person = (key: number): Person => ({ key, member: null, lines: {}, amountFen: null });

/** Who is at the table, and who pays for what: evenly, by dish, by amount. */
export function DivideDesk({ cart, quote, isBusy, error, onDivide, onBack }: Props) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>("even");
  const [people, setPeople] = useState<Person[]>([{ ...person(1), member: cart.member }, person(2)]);
  const setPerson = (key: number, change: (one: Person) => Person) => setPeople((all) => all.map((one) => (one.key === key ? change(one) : one)));
  const setCount = (count: number) => setPeople((all) => Array.from({ length: Math.min(Math.max(count, 2), peopleMax) }, (_one, at) => all[at] ?? person(at + 1)));
  const wishes = shareWishes(way, people, quote.dueFen);
  const amounts = wishes.reduce((sum, one) => sum + (one.amountFen ?? 0), 0);
  const isReady = way !== "amounts" || amounts === quote.dueFen;
  const divide = () => isReady && !isBusy && onDivide(wishes);
  useShortcuts({ F8: divide, Escape: onBack });
  return (
    <div className="split">
      <header className="row split-head">
        <h1>{t("split.title")}</h1>
        <span className="due"><span>{t("till.due")}</span><strong className="num">{formatFen(quote.dueFen)}</strong></span>
      </header>
      <div className="row split-settings">
        <span className="stepper" role="group" aria-label={t("split.people")}>
          <Button size="large" icon={<MinusOutlined />} aria-label={t("split.fewer")} disabled={people.length <= 2} onClick={() => setCount(people.length - 1)} />
          <b className="num">{t("split.count", { count: people.length })}</b>
          <Button size="large" icon={<PlusOutlined />} aria-label={t("split.more")} disabled={people.length >= peopleMax} onClick={() => setCount(people.length + 1)} />
        </span>
        <Segmented<Way> size="large" value={way} onChange={setWay} aria-label={t("split.way")} options={(["even", "dishes", "amounts"] as const).map((one) => ({ value: one, label: t(`split.${one}`) }))} />
      </div>
      <p className="soft">{t(`split.${way}Text`)}</p>
      <ul className="split-people">
        {people.map((one, at) => (
          <li key={one.key} className="split-person" aria-label={t("split.person", { no: one.key })}>
            <strong>{t("split.person", { no: one.key })}</strong>
            <PersonMember member={one.member} onChange={(member) => setPerson(one.key, (before) => ({ ...before, member }))} />
            {way === "amounts" && at < people.length - 1 ? <MoneyInput size="large" aria-label={`${t("split.person", { no: one.key })} ${t("till.amount")}`} value={one.amountFen} onChange={(amountFen) => setPerson(one.key, (before) => ({ ...before, amountFen }))} /> : null}
            {way === "amounts" && at === people.length - 1 ? <b className="num split-rest">{t("split.rest", { amount: formatFen(wishes[at]?.amountFen ?? 0) })}</b> : null}
            {way === "even" ? <b className="num split-rest">≈ {formatFen(Math.floor(quote.dueFen / people.length))}</b> : null}
          </li>
        ))}
      </ul>
      {way === "dishes" ? <DishGrid lines={cart.lines} quote={quote} people={people} onClaim={(key, line) => setPerson(key, (one) => claimed(one, line))} /> : null}
      <ProblemAlert error={error} />
      <div className="tender-foot split-foot">
        <Button size="large" onClick={onBack}>{t("till.back")}<kbd>Esc</kbd></Button>
        <Button type="primary" size="large" className="pay-button" disabled={!isReady} loading={isBusy} onClick={divide}>{t("split.divide")}<kbd>F8</kbd></Button>
      </div>
    </div>
  );
}
