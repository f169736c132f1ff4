import { Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import type { Birthday, Member } from "./member.ts";

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onDone: (member: Member) => void;
  phone?: string;
}

interface Values {
  phone: string;
  name?: string;
  birthday?: Partial<Birthday>;
  storeId: string;
}

/** The counter's one-step registration: a phone number is enough. */
export function QuickRegister({ isOpen, onClose, onDone, phone }: Props) {
  const { t } = useTranslation();
  const { store, stores } = useStoreChoice();
  const storeId = store?.id ?? stores[0]?.id;
  return (
    <FormDrawer<Values, Member>
      title={t("member.register")}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ ...(phone && { phone }), ...(storeId && { storeId }) }}
      run={(values, key) => api.post("/members:quick-register", wireOf(values), key)}
      refreshes={[["/members"]]}
      onDone={onDone}
      submitLabel={t("member.registerNow")}
    >
      <Form.Item name="phone" label={t("member.phone")} rules={[{ required: true, message: t("form.required") }, { pattern: /^1[3-9]\d{9}$/, message: t("member.phoneWrong"), transform: bareDigits }]}>
        <Input inputMode="tel" maxLength={32} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t("member.name")}><Input maxLength={64} autoComplete="off" /></Form.Item>
      <BirthdayFields />
      <Form.Item name="storeId" label={t("member.homeStore")} rules={[{ required: true, message: t("form.required") }]}>
        <Select options={stores.map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
    </FormDrawer>
  );
}

/** As it is pasted: "+86 138-1234-5678", in full width, with blanks. */
const bareDigits = (typed: string): string => typed.normalize("NFKC").replaceAll(/[\s\p{Pd}.·()[\]]/gu, "").replace(/^(?:\+|00)?86(?=1\d{10}$)/, "");

export function BirthdayFields() {
  const { t } = useTranslation();
  // Half a birthday is a mistake, and is not dropped in silence.
  const needed = ({ getFieldValue }: { getFieldValue: (name: string[]) => unknown }) =>
    ({ required: ["year", "month", "day"].some((part) => Boolean(getFieldValue(["birthday", part]))), message: t("form.required") });
  return (
    <fieldset className="plain-fieldset">
      <legend>{t("member.birthday")}</legend>
      {/* What is wrong with a part is said under all of them. */}
      <Form.Item>
        <div className="row">
          <Form.Item name={["birthday", "calendar"]} noStyle initialValue="solar">
            <Select aria-label={t("member.calendar")} style={{ width: 90 }} options={[{ value: "solar", label: t("member.solar") }, { value: "lunar", label: t("member.lunar") }]} />
          </Form.Item>
          <Form.Item name={["birthday", "year"]} noStyle><InputNumber aria-label={t("member.year")} min={1900} max={new Date().getFullYear()} precision={0} suffix={t("member.year")} style={{ width: 100 }} /></Form.Item>
          <Form.Item name={["birthday", "month"]} noStyle rules={[needed]}><InputNumber aria-label={t("member.month")} min={1} max={12} precision={0} suffix={t("member.month")} style={{ width: 84 }} /></Form.Item>
          <Form.Item name={["birthday", "day"]} noStyle rules={[needed]}><InputNumber aria-label={t("member.day")} min={1} max={31} precision={0} suffix={t("member.day")} style={{ width: 84 }} /></Form.Item>
          <Form.Item noStyle shouldUpdate={(before, after) => before.birthday?.calendar !== after.birthday?.calendar}>
            {({ getFieldValue }) =>
              getFieldValue(["birthday", "calendar"]) === "lunar" ? (
                <label className="row">
                  <Form.Item name={["birthday", "leap"]} noStyle valuePropName="checked"><Switch size="small" aria-label={t("member.leap")} /></Form.Item>
                  {t("member.leap")}
                </label>
              ) : null
            }
          </Form.Item>
        </div>
      </Form.Item>
    </fieldset>
  );
}

/** A birthday without month and day is no birthday. */
export function birthdayOf(birthday: Partial<Birthday> | undefined): Birthday | undefined {
  if (!birthday?.month || !birthday.day) return undefined;
  const { calendar = "solar", year, month, day, leap } = birthday;
  return { calendar, month, day, ...(year && { year }), ...(calendar === "lunar" && leap && { leap }) };
}

function wireOf({ birthday, name, ...rest }: Values) {
  const given = birthdayOf(birthday);
  return { ...rest, ...(name?.trim() && { name: name.trim() }), ...(given && { birthday: given }) };
}
