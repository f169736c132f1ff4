import { useTranslation } from "react-i18next";
import { Fact, Facts } from "../../../design/page-frame.tsx";
import type { Import } from "./import.ts";

/** How many rows came out how; what no row did is left out. */
export function Tallies({ one, kind }: { one: Import; kind: "verdicts" | "outcomes" | "undos" }) {
  const { t } = useTranslation();
  const counted = Object.entries(one[kind]).filter(([, count]) => count > 0);
  if (counted.length === 0) return null;
  return <Facts>{counted.map(([name, count]) => <Fact key={name} label={t(`import.${kind}.${name}`)}><b className="num">{count.toLocaleString("en-US")}</b></Fact>)}</Facts>;
}
