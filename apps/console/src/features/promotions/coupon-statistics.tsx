import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { RowTable } from "../../design/data-table.tsx";
import { formatFen } from "../../design/money.ts";
import { Fact, Facts } from "../../design/page-frame.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import type { CouponTemplate } from "./coupon-template.ts";
import { VersionTable } from "./offer-versions.tsx";

type Statistics = ConsoleSchemas["CouponStatistics"];

const count = (value: number) => value.toLocaleString("en-US");
const percentOf = (part: number, whole: number) => (whole === 0 ? "—" : `${((part / whole) * 100).toFixed(1)}%`);

/** What became of a template's coupons, what they cost and brought, and what the template has been. */
export function CouponStatistics({ template, onClose }: { template: CouponTemplate | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer title={t("couponStatistics.title", { name: template?.name ?? "" })} open={template !== null} onClose={onClose} size={Math.min(860, window.innerWidth)} destroyOnHidden>
      {template ? (
        <div className="stack">
          <Figures templateId={template.id} />
          <h3>{t("offer.versions")}</h3>
          <VersionTable label={t("offer.versions")} path={`/coupon-templates/${template.id}/versions`} />
        </div>
      ) : null}
    </Drawer>
  );
}

function Figures({ templateId }: { templateId: string }) {
  const { t } = useTranslation();
  const path = `/coupon-templates/${templateId}/statistics`;
  const { data, isError, error, refetch } = useQuery({ queryKey: [path], queryFn: ({ signal }) => api.get<Statistics>(path, {}, signal) });
  if (isError) return <FailureState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState />;
  return (
    <>
      <Facts>
        <Fact label={t("couponStatistics.issued")}>{count(data.issued)}</Fact>
        <Fact label={t("coupon.redeemed")}>{count(data.redeemed)}（{percentOf(data.redeemed, data.issued)}）</Fact>
        <Fact label={t("couponStatistics.cost")}>{formatFen(data.costFen)}</Fact>
        <Fact label={t("couponStatistics.sales")}>{formatFen(data.salesFen)}</Fact>
        <Fact label={t("couponStatistics.ratio")}>{data.costFen === 0 ? "—" : (data.salesFen / data.costFen).toFixed(1)}</Fact>
        {(["usable", "given", "expired", "void"] as const).map((state) => <Fact key={state} label={t(`couponState.${state}`)}>{count(data.states[state])}</Fact>)}
      </Facts>
      {data.counted < data.issued ? <p className="soft">{t("couponStatistics.latest", { number: count(data.counted) })}</p> : null}
      <RowTable
        label={t("couponStatistics.sources")}
        columns={[
          { title: t("couponStatistics.source"), isWide: true, render: (row) => t(`couponSource.${row.source}`, { defaultValue: row.source }) },
          { title: t("couponStatistics.issued"), align: "end", render: (row) => count(row.issued) },
          { title: t("coupon.redeemed"), align: "end", render: (row) => count(row.redeemed) },
          { title: t("couponStatistics.rate"), align: "end", render: (row) => percentOf(row.redeemed, row.issued) },
        ]}
        rows={data.sources}
        rowKey={(row) => row.source}
      />
    </>
  );
}
