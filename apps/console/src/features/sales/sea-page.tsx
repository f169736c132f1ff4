import { PlusOutlined, SettingOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Progress, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { TabList } from "../../design/tab-list.tsx";
import { useCan } from "../../shell/session.ts";
import { useLabel } from "../objects/object.ts";
import { RulesDrawer } from "./rules-drawer.tsx";
import { othersOf, type Sea, seasQuery } from "./sea.ts";
import { SeaList, type Side } from "./sea-list.tsx";
import "./sea.css";

/** The pools of own objects: who claims what, who holds what, and until when. */
export function SeaPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [edited, setEdited] = useState<Sea | "new" | null>(null);
  const [{ pool: wanted }] = useFilters();
  const seas = useQuery(seasQuery);
  if (seas.isError) return <FailureState error={seas.error} onRetry={() => void seas.refetch()} />;
  if (!seas.data) return <LoadingState rows={10} />;
  const pools = seas.data.items;
  const pool = pools.find((one) => one.id === wanted) ?? pools.find((one) => one.isDefault) ?? pools[0];
  const canManage = can("seas.manage");
  return (
    <PageFrame
      title={t("menu.seas")} lead={t("sea.lead")}
      actions={canManage ? <>{pool ? <Button icon={<SettingOutlined />} onClick={() => setEdited(pool)}>{t("sea.rules")}</Button> : null}<Button type={pool ? "default" : "primary"} icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("sea.new")}</Button></> : null}
    >
      {pool ? <PoolView key={pool.id} pool={pool} pools={pools} /> : <div className="panel"><EmptyState title={t("sea.noPools")} text={t(canManage ? "sea.noPoolsManage" : "sea.noPoolsText")} /></div>}
      <RulesDrawer edited={edited} pools={pools} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function PoolView({ pool, pools }: { pool: Sea; pools: readonly Sea[] }) {
  const { t } = useTranslation();
  const can = useCan();
  const [{ side = "public" }, setFilters] = useFilters();
  const { counts } = pool;
  const sides: Side[] = ["public", ...(can("seas.claim") ? ["mine" as const] : []), ...(can("seas.assign") ? ["all" as const] : [])];
  const countOf = (one: Side) => (one === "all" ? "" : ` ${counts[one].toLocaleString("en-US")}`);
  return (
    <>
      <div className="sea-head">
        {pools.length > 1 ? <PoolSelect pool={pool} pools={pools} /> : null}
        {can("seas.claim") ? <Meter label={t("sea.meter.held")} value={counts.mine} most={pool.capacity} /> : null}
        {can("seas.claim") && pool.claimsPerDay !== null ? <Meter label={t("sea.meter.claimed")} value={counts.claimedToday} most={pool.claimsPerDay} /> : null}
        {counts.dueSoon > 0 ? <Button type="link" className="bad flush sea-due" onClick={() => setFilters({ side: "mine", dueWithin: "3", sort: "due" })}>{t("sea.dueSoon", { count: counts.dueSoon })}</Button> : null}
      </div>
      {pool.filling ? <div className="panel" role="status">{t("sea.filling")}<Progress percent={Math.floor((pool.filling.looked / Math.max(1, pool.filling.total)) * 100)} status="active" aria-label={t("sea.filling")} /></div> : null}
      <TabList
        label={t("menu.seas")} active={side} onChange={(key) => setFilters({ side: key, dueWithin: undefined, ownerId: undefined })}
        tabs={sides.map((one) => ({ key: one, label: t(`sea.side.${one}`) + countOf(one), content: <SeaList key={one} pool={pool} others={othersOf(pool, pools)} side={one} /> }))}
      />
    </>
  );
}

function PoolSelect({ pool, pools }: { pool: Sea; pools: readonly Sea[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [, setFilters] = useFilters();
  const named = (one: Sea) => t("sea.poolOption", { name: label(one), object: label({ name: one.objectName, nameEn: one.objectNameEn }), count: one.counts.public });
  return <Select className="sea-pool" aria-label={t("sea.pool")} value={pool.id} onChange={(id: string) => setFilters({ pool: id, ownerId: undefined })} options={pools.map((one) => ({ value: one.id, label: named(one) }))} />;
}

/** How much of what one may have is taken. */
function Meter({ label, value, most }: { label: string; value: number; most: number | null }) {
  const isFull = most !== null && value >= most;
  return (
    <div className="sea-meter">
      <span>{label} <strong className={isFull ? "bad" : undefined}>{value}</strong>{most === null ? null : <span className="soft">/{most}</span>}</span>
      {most === null ? null : <Progress percent={Math.min(100, Math.round((value / Math.max(1, most)) * 100))} showInfo={false} size="small" strokeColor={isFull ? "var(--bad)" : "var(--brand)"} aria-label={label} />}
    </div>
  );
}
