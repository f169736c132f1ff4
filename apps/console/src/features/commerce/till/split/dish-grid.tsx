import { useTranslation } from "react-i18next";
import { formatFen } from "../../../../design/money.ts";
import type { CartLine, Quote } from "../quote.ts";
import type { Person } from "./bill.ts";

interface Props {
  lines: CartLine[];
  quote: Quote;
  people: Person[];
  onClaim: (key: number, line: CartLine) => void;
}

/** Dishes by people: a press or a dropped dish takes one more of it. What nobody takes is everybody's. */
export function DishGrid({ lines, quote, people, onClaim }: Props) {
  const { t } = useTranslation();
  const dropOn = (person: Person) => ({
    onDragOver: (event: React.DragEvent) => event.preventDefault(),
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      const line = lines.find((one) => one.lineId === event.dataTransfer.getData("text/plain"));
      if (line) onClaim(person.key, line);
    },
  });
  return (
    <div className="split-scroll">
      <table className="split-dishes">
        <caption className="unseen">{t("split.dishesText")}</caption>
        <thead><tr><th scope="col">{t("order.item")}</th>{people.map((one) => <th key={one.key} scope="col" {...dropOn(one)}>{t("split.person", { no: one.key })}</th>)}</tr></thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineId}>
              <th scope="row" draggable onDragStart={(event) => event.dataTransfer.setData("text/plain", line.lineId)}>
                <strong>{line.name} × {line.quantity}</strong><span className="soft num">{formatFen(quote.lines.find((one) => one.lineId === line.lineId)?.netFen ?? 0)}</span>
              </th>
              {people.map((one) => {
                const units = one.lines[line.lineId] ?? 0;
                return (
                  <td key={one.key} {...dropOn(one)}>
                    <button type="button" className="split-claim" aria-pressed={units > 0} aria-label={t("split.claim", { no: one.key, name: line.name })} onClick={() => onClaim(one.key, line)}>{units > 0 ? (line.quantity > 1 ? `× ${units}` : "✓") : ""}</button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
