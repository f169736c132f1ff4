import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import type { Offer, OfferVersion, RuleVersion } from "./offer.ts";
import { OfferChanges } from "./offer-changes.tsx";
import { OfferSentence } from "./offer-sentence.tsx";

/** Who changed what, when; each against the one before, and any of them can come back. */
export function OfferVersions({ offer, onRolledBack }: { offer: Offer; onRolledBack: () => void }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const rollBack = useAction<number, unknown>({
    run: (version) => api.post(`/offers/${offer.id}:roll-back`, { version }),
    refreshes: [["/offers"], [`/offers/${offer.id}/versions`]],
    onDone: () => {
      void message.success(t("offer.rolledBack"));
      onRolledBack();
    },
  });
  const ask = (version: OfferVersion) =>
    void modal.confirm({
      title: t("offer.rollBackTitle", { version: version.version }), content: <OfferSentence definition={version.definition} />, okText: t("offer.rollBack"), cancelText: t("action.cancel"),
      onOk: () => rollBack.mutateAsync(version.version).catch(() => {}),
    });
  const back: Column<OfferVersion> = { title: "", render: (one) => (one.version < offer.version && offer.state !== "ended" ? <Button size="small" onClick={() => ask(one)}>{t("offer.rollBack")}</Button> : null) };
  return <VersionTable<OfferVersion> label={t("offer.versions")} path={`/offers/${offer.id}/versions`} more={[back]} />;
}

interface TableProps<T> {
  label: string;
  path: string;
  more?: Column<T>[];
}

/** The versions of an offer or a coupon template. */
export function VersionTable<T extends RuleVersion>({ label, path, more = [] }: TableProps<T>) {
  const { t } = useTranslation();
  const clock = useClock();
  const columns: Column<T>[] = [
    { title: t("offer.version"), render: (one) => `v${one.version}` },
    { title: t("offer.when"), render: (one) => clock.instant(one.at) },
    { title: t("offer.who"), render: (one) => one.byName ?? t("offer.system") },
    { title: t("rule.sentence"), isWide: true, render: (one) => <><span className="offer-version-name">{one.name}</span> <OfferSentence definition={one.definition} /></> },
    { title: t("offer.changes"), isWide: true, render: (one) => <Changes version={one} /> },
    ...more,
  ];
  return <DataTable<T> label={label} path={path} columns={columns} rowKey={(one) => String(one.version)} emptyTitle={t("offer.noVersions")} />;
}

function Changes({ version }: { version: RuleVersion }) {
  const { t } = useTranslation();
  return (
    <div className="offer-changed">
      {version.note ? <p>{version.note}</p> : null}
      {version.version === 1 ? <span className="rule-soft">{t("offer.firstVersion")}</span> : <OfferChanges changes={version.changes} />}
    </div>
  );
}
