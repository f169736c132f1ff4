import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { DayInput } from "../../design/day-input.tsx";
import { FormDrawer } from "../../design/form-drawer.tsx";
import type { Benefit } from "./benefit.ts";

/** As many as the server takes at once. */
const batchSize = 1_000;

interface Values {
  codes: string;
  expiresOn?: string;
}

interface Outcome {
  added: number;
  known: number;
}

/** Codes as a partner sends them, one a line; those that are there already are left alone. */
async function sendAll(benefitId: string, { codes, expiresOn }: Values): Promise<Outcome> {
  const lines = codes.split(/[\r\n,;，；]+/).map((line) => line.trim()).filter(Boolean);
  const sum = { added: 0, known: 0 };
  for (let from = 0; from < lines.length; from += batchSize) {
    const { added, known } = await api.post<Outcome>(`/benefits/${benefitId}/codes`, { codes: lines.slice(from, from + batchSize), expiresOn: expiresOn ?? null });
    sum.added += added;
    sum.known += known;
  }
  return sum;
}

export function CodeImport({ benefit, onClose }: { benefit: Benefit | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <FormDrawer<Values, Outcome>
      title={t("benefit.codesTitle", { name: benefit?.name ?? "" })}
      isOpen={benefit !== null}
      onClose={onClose}
      initial={{}}
      run={(values) => sendAll(benefit?.id ?? "", values)}
      refreshes={[["/benefits"]]}
      onDone={({ added, known }) => message.success(t("benefit.codesAdded", { added, known }))}
    >
      <Form.Item name="codes" label={t("benefit.codesList")} extra={t("benefit.codesHelp")} rules={[{ required: true, message: t("form.required") }]}>
        <Input.TextArea rows={14} className="secret" spellCheck={false} />
      </Form.Item>
      <Form.Item name="expiresOn" label={t("benefit.codesUntil")}><DayInput /></Form.Item>
    </FormDrawer>
  );
}
