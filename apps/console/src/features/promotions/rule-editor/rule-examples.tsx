import { type Example, examplesOf, type Offer } from "@shuke/offers";
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../../design/clock.ts";
import { type Column, RowTable } from "../../../design/data-table.tsx";
import { formatFen } from "../../../design/money.ts";
import { useTimeZone } from "../../../shell/session.ts";
import { offerOf, type RuleDraft } from "./rule.ts";
import { useRuleNames } from "./rule-names.ts";

/** Carts just below, at and just above each border of the rule, priced here by the engine that prices them at the till. */
export function RuleExamples({ value }: { value: RuleDraft }) {
  const { t } = useTranslation();
  const zone = useTimeZone();
  const { itemOf } = useRuleNames(value);
  const offer = useDeferredValue(useMemo(() => offerOf(value), [value]));
  if (offer === null) return <p className="rule-soft">{t("rule.noExamples")}</p>;
  return <ExampleTable examples={examples(offer, zone, itemOf)} />;
}

/** A date that is half typed has no examples yet; the field says what is wrong with it. */
function examples(offer: Offer, zone: string, itemOf: Parameters<typeof examplesOf>[1]["itemOf"]): Example[] {
  try {
    return examplesOf(offer, { zone, now: Date.now(), itemOf });
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const placeMarks = { below: "−", at: "=", above: "+" } as const;

function ExampleTable({ examples }: { examples: Example[] }) {
  const { t } = useTranslation();
  const columns: Column<Example>[] = [
    { title: t("rule.case"), render: (one) => <CaseName example={one} /> },
    { title: t("rule.cart"), isWide: true, render: (one) => [
      ...one.cart.lines.map((line) => `${line.name === "·" ? t("rule.anyItem") : line.name}×${line.quantity}`), ...one.cart.fees.map((fee) => `${t(`rule.feeKind.${fee.kind}`, { defaultValue: fee.kind })} ${formatFen(fee.amountFen)}`),
    ].join(t("rule.listComma")) },
    { title: t("rule.gross"), align: "end", render: (one) => formatFen(one.quote.grossFen + one.cart.fees.reduce((sum, fee) => sum + fee.amountFen, 0)) },
    { title: t("rule.off"), align: "end", render: (one) => <Gain example={one} /> },
    { title: t("rule.pays"), align: "end", render: (one) => <b>{formatFen(one.quote.totalFen)}</b> },
    { title: t("rule.why"), isWide: true, render: (one) => one.reasons.map((reason) => (reason.missing?.amountFen ? t("rule.short", { amount: formatFen(reason.missing.amountFen) }) : reason.missing?.quantity ? t("rule.shortOf", { count: reason.missing.quantity }) : t(`reason.${reason.code}`, { defaultValue: reason.message }))).join(" · ") },
  ];
  return <div className="rule-examples" data-testid="rule-examples"><RowTable label={t("rule.examples")} columns={columns} rows={examples} rowKey={(one) => String(examples.indexOf(one))} /></div>;
}

function CaseName({ example }: { example: Example }) {
  const { t } = useTranslation();
  const clock = useClock();
  const isTimed = example.about === "slot" || example.about === "date" || example.about === "weekday";
  return (
    <span className={example.offFen > 0 || gifts(example) > 0 ? "rule-case is-in" : "rule-case"}>
      <span aria-hidden="true" className="rule-mark">{placeMarks[example.place]}</span>
      {t(`rule.place.${example.about}.${example.place}`)}
      {isTimed ? <small>{clock.instant(new Date(example.at).toISOString())}</small> : null}
    </span>
  );
}

const gifts = ({ quote }: Example): number =>
  quote.effects.reduce((sum, effect) => sum + effect.gifts.reduce((all, gift) => all + gift.quantity, 0) + effect.issues.reduce((all, issue) => all + issue.count, 0), 0);

function Gain({ example }: { example: Example }) {
  const { t } = useTranslation();
  const given = example.quote.effects.flatMap((effect) => [
    ...effect.gifts.map((gift) => t("rule.gives", { name: gift.name, count: gift.quantity })), ...effect.issues.map((issue) => t("rule.issues", { count: issue.count })),
  ]);
  if (given.length > 0) return <>{given.join(" ")}</>;
  return <>{example.offFen > 0 ? formatFen(-example.offFen) : "—"}</>;
}
