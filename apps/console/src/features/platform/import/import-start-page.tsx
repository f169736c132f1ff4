import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { useFilters } from "../../../design/filters.ts";
import { PageFrame, Panel } from "../../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { FileDrop } from "./file-drop.tsx";
import { type Import, importQuery, importsKey, nameIn, targetsQuery } from "./import.ts";
import { ImportSteps } from "./import-steps.tsx";
import { TemplateLinks } from "./template-links.tsx";
import { startUpload } from "./upload.ts";

/** The first step: into what, and which file. */
export function ImportStartPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [{ target: wished }, setFilters] = useFilters();
  const targets = useQuery(targetsQuery);
  const items = targets.data?.items ?? [];
  const target = items.find((one) => one.key === wished) ?? items[0];
  const begin = useAction<File, Import>({
    run: (file) => api.post("/imports", { target: target?.key ?? "", fileName: file.name, sizeBytes: file.size }), refreshes: [importsKey],
    onDone: (one, file) => {
      startUpload({ importId: one.id, file, chunkBytes: one.chunks.bytes }, () => void client.invalidateQueries({ queryKey: importQuery(one.id).queryKey }));
      void navigate({ to: "/imports/$importId", params: { importId: one.id } });
    },
  });
  if (targets.isError) return <FailureState error={targets.error} onRetry={() => void targets.refetch()} />;
  if (!targets.data) return <LoadingState />;
  return (
    <PageFrame title={t("import.new")} lead={t("import.startLead")}>
      <ImportSteps at={0} />
      {target ? (
        <Panel>
          <Form layout="vertical">
            <Form.Item label={t("import.target")} htmlFor="import-target">
              <Select id="import-target" className="import-target" value={target.key} onChange={(key: string) => setFilters({ target: key })} options={items.map((one) => ({ value: one.key, label: nameIn(i18n.language, one) }))} />
            </Form.Item>
          </Form>
          <TemplateLinks target={target.key} />
          <FileDrop isBusy={begin.isPending} onFile={(file) => begin.mutate(file)} />
          <ProblemAlert error={begin.error} />
        </Panel>
      ) : <div className="panel"><EmptyState title={t("import.noTarget")} text={t("import.noTargetText")} /></div>}
    </PageFrame>
  );
}
