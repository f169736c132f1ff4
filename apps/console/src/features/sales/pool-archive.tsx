import { App, Button, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { useLabel } from "../objects/object.ts";
import type { Sea } from "./sea.ts";

/** Ends a pool; another one of its object takes the records that are in it. */
export function PoolArchive({ pool, others, onDone }: { pool: Sea; others: readonly Sea[]; onDone: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ toPoolId?: string }>();
  const archive = useAction<{ toPoolId?: string }, unknown>({
    run: (body) => api.post(`/seas/${pool.id}:archive`, body), refreshes: [["/seas"]],
    onDone: () => {
      void message.success(t("sea.archived"));
      setOpen(false);
      onDone();
    },
  });
  return (
    <div className="sea-archive">
      <Button danger onClick={() => { archive.reset(); setOpen(true); }}>{t("sea.archive")}</Button>
      <Modal title={t("sea.archiveTitle", { name: label(pool) })} open={isOpen} onCancel={() => setOpen(false)} onOk={() => form.submit()} okText={t("model.archive")} okButtonProps={{ danger: true, loading: archive.isPending }} cancelText={t("action.cancel")} destroyOnHidden>
        <Form form={form} layout="vertical" component={false} onFinish={(body) => archive.mutate(body)}>
          <p>{t("sea.archiveText")}</p>
          {others.length > 0 ? <Form.Item name="toPoolId" label={t("sea.archiveTo")}><Select options={others.map((one) => ({ value: one.id, label: label(one) }))} /></Form.Item> : null}
          <ProblemAlert error={archive.error} />
        </Form>
      </Modal>
    </div>
  );
}
