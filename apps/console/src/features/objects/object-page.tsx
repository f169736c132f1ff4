import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { useReason } from "../../design/reason.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../design/state.tsx";
import { FieldForm } from "./field-form.tsx";
import { FieldTable } from "./field-table.tsx";
import { type CustomObject, type Field, objectsKey, objectsQuery, useLabel } from "./object.ts";
import { ObjectForm } from "./object-form.tsx";

/** While a field is being filled in, the page looks again. */
const FILLING_MS = 2_000;

export function ObjectPage() {
  const { t } = useTranslation();
  const { objectKey } = useParams({ strict: false }) as { objectKey: string };
  const objects = useQuery({ ...objectsQuery, refetchInterval: ({ state }) => (state.data?.items.some((one) => one.fields.some((field) => field.fills.slot?.state === "running" || field.fills.unique?.state === "running")) ? FILLING_MS : false) });
  if (objects.isError) return <FailureState error={objects.error} onRetry={() => void objects.refetch()} />;
  if (!objects.data) return <LoadingState rows={10} />;
  const object = objects.data.items.find((one) => one.key === objectKey);
  return object ? <Designer key={object.key} object={object} objects={objects.data.items} /> : <EmptyState title={t("state.missing")} />;
}

function Designer({ object, objects }: { object: CustomObject; objects: CustomObject[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const ask = useReason();
  const [edited, setEdited] = useState<Field | "new" | null>(null);
  const [isChanging, setChanging] = useState(false);
  const [withArchived, setWithArchived] = useState(false);
  const act = useAction<{ path: string; method?: "delete"; body?: object }, unknown>({ run: ({ path, method, body }) => (method === "delete" ? api.delete(path) : api.post(path, body ?? {})), refreshes: [objectsKey] });
  const archive = () => ask({ title: t("model.archiveObject"), text: t("model.archiveObjectText"), run: (reason) => act.mutateAsync({ path: `/objects/${object.key}:archive`, body: { reason } }) });
  return (
    <PageFrame
      title={label(object)}
      lead={<span className="row"><Link to="/objects">{t("menu.objects")}</Link><code>{object.key}</code>{object.isBuiltIn ? null : <Link to="/records/$objectKey" params={{ objectKey: object.key }}>{t("model.toRecords")}</Link>}</span>}
      actions={
        <>
          {object.isBuiltIn ? null : object.isArchived
            ? <Button onClick={() => act.mutate({ path: `/objects/${object.key}:restore` })}>{t("model.restore")}</Button>
            : <Button danger onClick={archive}>{t("model.archive")}</Button>}
          {object.isArchived ? null : <Link to="/objects/$objectKey/layout" params={{ objectKey: object.key }}><Button>{t("layout.open")}</Button></Link>}
          {object.isArchived ? null : <Button onClick={() => setChanging(true)}>{t("model.settings")}</Button>}
          {object.isArchived ? null : <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>{t("model.newField")}</Button>}
        </>
      }
    >
      <div className="stack">
        {object.isArchived ? <Alert type="warning" showIcon title={t("model.archived")} description={object.archiveReason} /> : null}
        <ProblemAlert error={act.error} />
        <FieldTable object={object} fields={object.fields.filter((field) => withArchived || !field.isArchived)} onEdit={setEdited} onAct={act.mutate} />
        {object.fields.some((field) => field.isArchived) ? <Checkbox checked={withArchived} onChange={(event) => setWithArchived(event.target.checked)}>{t("model.withArchived")}</Checkbox> : null}
        {object.rules.length > 0 ? (
          <Panel title={t("model.rules")}>
            <ul className="plain">{object.rules.map((rule) => <li key={rule.expression}><code>{rule.expression}</code> <span className="soft">{rule.message}</span></li>)}</ul>
          </Panel>
        ) : null}
      </div>
      <FieldForm object={object} objects={objects} edited={edited} onClose={() => setEdited(null)} />
      <ObjectForm object={object} isOpen={isChanging} onClose={() => setChanging(false)} />
    </PageFrame>
  );
}
