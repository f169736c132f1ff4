import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../design/money.ts";
import { objectsQuery, useLabel } from "./object.ts";
import { type Option, type OptionChange, optionChanges } from "./option-change.ts";

type Change = ConsoleSchemas["PackStep"]["changes"][number];
type Rule = ConsoleSchemas["ObjectRule"];

/** The words of the designers' forms. */
const labels: Readonly<Record<string, string>> = {
  name: "name", nameEn: "nameEn", hint: "hint", isRequired: "required", requiredFrom: "requiredFrom", isUnique: "unique", isSearchable: "searchable", maxLength: "maxLength", decimals: "decimals", min: "min", max: "max",
  target: "target", isMany: "isMany", prefix: "prefix", digits: "digits", expression: "expression", maxMb: "maxMb", onlyImages: "onlyImages", titleField: "titleField", stageField: "stageField", rules: "rules", options: "options",
};

interface Keyed {
  key: string;
  name: string;
  nameEn?: string | undefined;
}

const COLOURS: Readonly<Record<OptionChange["kind"], string>> = { added: "success", removed: "error", renamed: "processing", retired: "warning", restored: "success", coloured: "default" };

/** What a pack would change of an object or a field, in the words in which they are designed. */
export function PackChanges({ step: { changes, of, key } }: { step: ConsoleSchemas["PackStep"] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const objects = useQuery(objectsQuery).data?.items ?? [];
  const object = objects.find((one) => one.key === of);
  const isMoney = object?.fields.find((one) => one.key === key)?.kind === "money";
  const stages = object?.fields.find((one) => one.key === object.stageField)?.settings.options ?? [];
  const named = (among: readonly Keyed[], one: unknown): string => { const found = among.find((other) => other.key === one); return found ? label(found) : String(one); };
  const textOf = (name: string, value: unknown): string => {
    if (typeof value === "boolean") return t(value ? "model.yes" : "model.no");
    if (name === "target") return named(objects, value);
    if (name === "titleField" || name === "stageField") return named(object?.fields ?? [], value);
    if (name === "requiredFrom") return named(stages, value);
    return isMoney && typeof value === "number" ? formatFen(value) : String(value);
  };
  const contentOf = ({ name, before, after }: Change): ReactNode => {
    if (name === "options") return <OptionChips before={(before ?? []) as Option[]} after={(after ?? []) as Option[]} />;
    if (name === "rules") return <RuleLines before={(before ?? []) as Rule[]} after={(after ?? []) as Rule[]} />;
    return <>{isNothing(before) ? null : <del>{textOf(name, before)}</del>} {isNothing(after) ? <ins>{t("pack.nothingThere")}</ins> : <ins>{textOf(name, after)}</ins>}</>;
  };
  return (
    <dl className="offer-changes">
      {changes.flatMap(parts).map((change) => (
        <Fragment key={change.name}>
          <dt>{t(`model.${labels[change.name]}`, { defaultValue: change.name })}</dt>
          <dd>{contentOf(change)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === "";

/** Settings one by one; what the pack does not name stays. */
function parts(change: Change): Change[] {
  if (change.name !== "settings") return [change];
  const [was, is] = [change.before, change.after].map((settings): Record<string, unknown> => ({ ...(settings as object | null) }));
  return Object.entries(is ?? {}).flatMap(([name, after]) => {
    const before = was?.[name] ?? null;
    const isSame = name === "options" ? isEmpty(optionChanges((before ?? []) as Option[], after as Option[])) : before === after;
    return isSame ? [] : [{ name, before, after }];
  });
}

const isEmpty = ({ changes, order }: ReturnType<typeof optionChanges>): boolean => changes.length === 0 && order === null;

function OptionChips({ before, after }: { before: readonly Option[]; after: readonly Option[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { changes, order } = optionChanges(before, after);
  const textOf = ({ kind, option, was }: OptionChange): string => {
    if (kind !== "renamed" || !was) return t(`pack.option.${kind}`, { name: label(option) });
    const isShown = label(was) !== label(option);
    return t("pack.option.renamed", { was: isShown ? label(was) : [was.name, was.nameEn].filter(Boolean).join(" / "), name: isShown ? label(option) : [option.name, option.nameEn].filter(Boolean).join(" / ") });
  };
  return (
    <>
      <div className="row">{changes.map((change) => <Tag key={`${change.kind} ${change.option.key}`} color={change.kind === "coloured" ? (change.option.color ?? "default") : COLOURS[change.kind]}>{textOf(change)}</Tag>)}</div>
      {order ? <div>{t("pack.option.order", { names: order.map(label).join(t("rule.listComma")) })}</div> : null}
    </>
  );
}

function RuleLines({ before, after }: { before: readonly Rule[]; after: readonly Rule[] }) {
  const written = (rule: Rule): string => `${rule.message} ${rule.expression}`;
  const [was, is] = [before.map(written), after.map(written)];
  return (
    <>
      {before.filter((rule) => !is.includes(written(rule))).map((rule) => <div key={written(rule)}><del>{rule.message} <code>{rule.expression}</code></del></div>)}
      {after.filter((rule) => !was.includes(written(rule))).map((rule) => <div key={written(rule)}><ins>{rule.message}</ins> <code>{rule.expression}</code></div>)}
    </>
  );
}
