import { EyeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useReason } from "../../design/reason.tsx";
import { useCan } from "../../shell/session.ts";
import type { Field } from "./object.ts";
import { ValueText } from "./value-text.tsx";

interface Props {
  field: Field;
  /** of the command that shows what is masked */
  path: string;
  value: unknown;
  references?: Readonly<Record<string, string>> | undefined;
}

/** Personal data is shown masked; in full against a reason, until the page is left. */
export function RevealedValue({ field, path, value, references }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const ask = useReason();
  const [full, setFull] = useState<string | null>(null);
  const isMasked = (field.kind === "phone" || field.kind === "email") && Boolean(value) && full === null;
  if (!isMasked || !can("members.reveal")) return <ValueText field={field} value={full ?? value} references={references} />;
  return (
    <span className="row">
      {String(value)}
      <Button type="text" size="small" icon={<EyeOutlined />} aria-label={t("model.reveal")} onClick={() => ask({
        title: t("model.reveal"), text: t("member.revealNote"),
        run: async (reason) => setFull((await api.post<{ value: string }>(path, { field: field.key, reason })).value),
      })} />
    </span>
  );
}
