import type { Scope, TimeSlot } from "@shuke/offers";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { DayInput } from "../../../design/day-input.tsx";
import { weekdays } from "../../loyalty/earn-rule-form.tsx";
import { ClockInput } from "./choice.tsx";
import { RowList } from "./row-list.tsx";
import type { RulePart } from "./rule.ts";
import { RuleField } from "./rule-field.tsx";

const slotsMax = 10;

/** When: dates (whole days, both included), weekdays, times of day in the shop's zone. A slot may end after midnight. */
export function TimeFields({ value, onChange }: RulePart) {
  const { t } = useTranslation();
  const scope: Scope = value.scope ?? {};
  const set = (change: Scope) => onChange({ ...value, scope: { ...scope, ...change } });
  const setSlots = (timeSlots: TimeSlot[]) => set({ timeSlots: timeSlots.length > 0 ? timeSlots : null });
  const day = (text: string | null | undefined) => text?.slice(0, 10) ?? null;
  return (
    <>
      <div className="rule-grid">
        <RuleField label={t("form.from")} field="scope.from">{({ id }) => <DayInput id={id} value={day(scope.from)} onChange={(from) => set({ from: from ?? null })} />}</RuleField>
        <RuleField label={t("form.until")} field="scope.until">{({ id }) => <DayInput id={id} value={day(scope.until)} onChange={(until) => set({ until: until ?? null })} />}</RuleField>
      </div>
      <RuleField label={t("earnRule.weekdays")} field="scope.weekdays" isGroup>
        {({ id }) => <span id={id}><Checkbox.Group value={[...(scope.weekdays ?? [])]} onChange={(chosen) => set({ weekdays: chosen.length > 0 ? chosen.map(Number).sort() : null })} options={weekdays.map((one) => ({ value: one, label: t(`weekday.${one}`) }))} /></span>}
      </RuleField>
      <RuleField label={t("rule.timeSlots")} field="scope.timeSlots" isExact isGroup>
        {() => (
          <RowList value={scope.timeSlots} onChange={setSlots} fresh={{ from: "11:00", until: "14:00" }} addLabel={t("rule.addSlot")} max={slotsMax} isEmptyAllowed rowLabel={(at) => t("rule.slot", { no: at + 1 })}>
            {(slot, at, turn) => (
              <>
                <RuleField label={t("rule.slotFrom")} field={`scope.timeSlots.${at}.from`}>{(control) => <ClockInput {...control} value={slot.from} onChange={(from) => turn({ ...slot, from })} />}</RuleField>
                <RuleField label={t("rule.slotUntil")} field={`scope.timeSlots.${at}.until`}>{(control) => <ClockInput {...control} value={slot.until} onChange={(until) => turn({ ...slot, until })} />}</RuleField>
              </>
            )}
          </RowList>
        )}
      </RuleField>
    </>
  );
}
