import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { OfferCheck } from "./offer.ts";
import { definitionOf, missingFields, type RuleDraft } from "./rule-editor/rule.ts";

const pauseMs = 400;

/** What the server would say to publishing this, asked whenever the fingers rest. */
export function useOfferCheck(id: string | null, value: RuleDraft): OfferCheck | undefined {
  const [asked, setAsked] = useState<object | null>(null);
  useEffect(() => {
    if (missingFields(value).length > 0) return setAsked(null);
    const timer = setTimeout(() => setAsked(definitionOf(value)), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  const check = useQuery({
    queryKey: ["/offers:check", id, asked],
    queryFn: () => api.post<OfferCheck>("/offers:check", { ...(id && { id }), definition: asked }),
    enabled: asked !== null, staleTime: 10_000, placeholderData: (before) => before,
  });
  return asked === null ? undefined : check.data;
}

const warningsShown = 5;

/** Which offers it meets, and what is seldom meant. */
export function OfferWarnings({ check }: { check: OfferCheck | undefined }) {
  const { t } = useTranslation();
  const warnings = check?.warnings ?? [];
  if (warnings.length === 0) return null;
  const rest = warnings.length - warningsShown;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("offer.warnings", { count: warnings.length })}
      description={
        <ul className="problem-list">
          {warnings.slice(0, warningsShown).map((one) => (
            <li key={one.code + (one.offerId ?? one.field)}>{one.offerName ? t(`offer.meets.${one.code}`, { name: one.offerName }) : t(`offer.warning.${one.code}`, { defaultValue: one.message })}</li>
          ))}
          {rest > 0 ? <li>{t("offer.moreWarnings", { count: rest })}</li> : null}
        </ul>
      }
    />
  );
}
