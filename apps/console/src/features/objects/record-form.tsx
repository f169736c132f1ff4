import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { useStoreChoice } from "../../shell/store-choice.ts";
import { type CustomObject, fieldsInUse, type RecordRow, useLabel } from "./object.ts";
import { changesOf, startOf, ValueFields } from "./value-fields.tsx";

interface Props {
  object: CustomObject;
  /** None makes one. */
  record?: RecordRow;
  isOpen: boolean;
  onClose: () => void;
  onDone?: (record: RecordRow) => void;
}

interface Values {
  fields: Record<string, unknown>;
}

export function RecordForm({ object, record, isOpen, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const { store } = useStoreChoice();
  const fields = fieldsInUse(object);
  const before = record?.fields ?? {};
  return (
    <FormDrawer<Values, RecordRow>
      title={t(record ? "model.editRecord" : "model.newRecord", { name: label(object) })}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ fields: startOf(fields, before) }}
      run={({ fields: typed }) => {
        const changes = { fields: changesOf(typed, before) };
        return record ? api.patch(`/records/${record.id}`, { ...changes, version: record.version }) : api.post(`/objects/${object.key}/records`, { ...changes, ...(store ? { storeId: store.id } : {}) });
      }}
      refreshes={[[`/objects/${object.key}/records`], ...(record ? [["records", record.id]] : [])]}
      {...(onDone ? { onDone } : {})}
    >
      <ValueFields object={object} at="fields" isNew={!record} references={record?.references} />
    </FormDrawer>
  );
}
