import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { useClock } from "../../design/clock.ts";
import { Fact, Facts, Panel } from "../../design/page-frame.tsx";
import { ProblemAlert } from "../../design/state.tsx";
import type { Coupon } from "../customers/member.ts";
import { ExportButton } from "../platform/export-button.tsx";
import { CouponVoid, couponColours } from "./coupon-void.tsx";

/** One coupon by what is printed on it: where it came from, who has it, and what became of it. */
export function CouponFind() {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const find = useQuery({ queryKey: ["/coupons", code], queryFn: ({ signal }) => api.get<Page<Coupon>>("/coupons", { code }, signal), enabled: code !== "" });
  const [coupon] = find.data?.items ?? [];
  return (
    <Panel>
      <Input.Search
        className="rule-wide" allowClear maxLength={60} enterButton={t("couponFind.find")} aria-label={t("couponFind.label")} placeholder={t("couponFind.label")}
        loading={find.isFetching} onSearch={(typed) => setCode(typed.trim())}
      />
      <ProblemAlert error={find.error} />
      {coupon ? <p className="coupon-found"><ExportButton kind="coupons" query={{ code }} /></p> : null}
      {coupon ? <Found coupon={coupon} /> : null}
      {find.data && !coupon ? <p className="coupon-found" role="status">{t("couponFind.none", { code })}</p> : null}
    </Panel>
  );
}

function Found({ coupon }: { coupon: Coupon }) {
  const { t, i18n } = useTranslation();
  const clock = useClock();
  return (
    <div className="stack-tight coupon-found" aria-live="polite">
      <p><strong>{coupon.name}</strong> <Tag color={couponColours[coupon.state]}>{t(`couponState.${coupon.state}`)}</Tag> <CouponVoid coupon={coupon} refreshes={[["/coupon-pushes"], ["/coupons"]]} /></p>
      <p className="soft">{i18n.language === "en" ? coupon.sentenceEn : coupon.sentence}</p>
      <Facts>
        <Fact label={t("coupon.code")}><code>{coupon.code}</code></Fact>
        <Fact label={t("couponFind.holder")}>{coupon.memberId ? <Link to="/members/$memberId" params={{ memberId: coupon.memberId }}>{t("couponFind.open")}</Link> : t("couponFind.nobody")}</Fact>
        <Fact label={t("couponStatistics.source")}>{t(`couponSource.${coupon.source}`, { defaultValue: coupon.source })}</Fact>
        <Fact label={t("couponFind.issued")}>{clock.instant(coupon.issuedAt)}</Fact>
        <Fact label={t("coupon.until")}>{clock.day(coupon.validUntil)}</Fact>
        {coupon.usedAt ? <Fact label={t("couponFind.used")}>{clock.instant(coupon.usedAt)}{coupon.orderId ? <> · <Link to="/orders/$orderId" params={{ orderId: coupon.orderId }}>{coupon.orderId}</Link></> : null}</Fact> : null}
        {coupon.endedReason && coupon.state === "void" ? <Fact label={t("form.reason")}>{coupon.endedReason}</Fact> : null}
      </Facts>
    </div>
  );
}
