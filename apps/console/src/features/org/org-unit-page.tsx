import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { FormDrawer } from "../../design/form-drawer.tsx";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { childKind, type OrgUnit, orgUnitsQuery } from "./org-unit.ts";

interface Edited {
  unit: OrgUnit | null;
  parent: OrgUnit | null;
}

export function OrgUnitPage() {
  const { t } = useTranslation();
  const units = useQuery(orgUnitsQuery);
  const [edited, setEdited] = useState<Edited | null>(null);
  const items = units.data?.items;
  return (
    <PageFrame title={t("menu.stores")} lead={t("orgUnit.lead")}>
      {units.isError ? <FailureState error={units.error} onRetry={() => void units.refetch()} /> : null}
      {units.isPending ? <LoadingState /> : null}
      {items?.length === 0 ? <div className="panel"><EmptyState title={t("orgUnit.none")} /></div> : null}
      {items?.length ? <div className="panel tree"><Branch units={items} parentId={null} onEdit={setEdited} /></div> : null}
      <UnitForm edited={edited} onClose={() => setEdited(null)} />
    </PageFrame>
  );
}

function Branch({ units, parentId, onEdit }: { units: OrgUnit[]; parentId: string | null; onEdit: (edited: Edited) => void }) {
  const { t } = useTranslation();
  const children = units.filter((unit) => (unit.parentId ?? null) === parentId);
  if (children.length === 0) return null;
  return (
    <ul>
      {children.map((unit) => (
        <li key={unit.id}>
          <div className="tree-row">
            <Tag color={unit.kind === "store" ? "error" : "default"}>{t(`orgUnit.kinds.${unit.kind}`)}</Tag>
            <strong>{unit.name}</strong>
            {unit.state === "closed" ? <Tag>{t("orgUnit.closed")}</Tag> : null}
            <span className="soft">{[unit.code, unit.address].filter(Boolean).join(" · ")}</span>
            <Button size="small" type="text" onClick={() => onEdit({ unit, parent: null })}>{t("action.edit")}</Button>
            {childKind[unit.kind] ? (
              <Button size="small" type="text" icon={<PlusOutlined />} onClick={() => onEdit({ unit: null, parent: unit })}>{t("orgUnit.addBelow")}</Button>
            ) : null}
          </div>
          <Branch units={units} parentId={unit.id} onEdit={onEdit} />
        </li>
      ))}
    </ul>
  );
}

type Values = Pick<OrgUnit, "kind" | "code" | "name" | "address" | "phone" | "openingHours"> & { isOpen?: boolean };

function UnitForm({ edited, onClose }: { edited: Edited | null; onClose: () => void }) {
  const { t } = useTranslation();
  const unit = edited?.unit;
  const parent = edited?.parent;
  const kind = unit?.kind ?? (parent ? childKind[parent.kind] : null) ?? "store";
  const required = [{ required: true, message: t("form.required") }];
  const title = unit ? unit.name : t("orgUnit.newBelow", { name: parent?.name ?? "" });
  return (
    <FormDrawer<Values, OrgUnit>
      title={title}
      isOpen={edited !== null}
      onClose={onClose}
      initial={unit ? { ...unit, isOpen: unit.state === "active" } : { kind }}
      run={({ kind: chosen, code, name, address, phone, openingHours, isOpen }) => {
        const details = { name, address: address || null, phone: phone || null, openingHours: openingHours || null };
        if (!unit) return api.post("/org-units", { ...details, code, kind: chosen, parentId: parent?.id });
        const state = isOpen ? "active" : "closed";
        return api.patch(`/org-units/${unit.id}`, unit.kind === "headquarters" ? details : { ...details, state });
      }}
      refreshes={[["/org-units"], ["session"]]}
    >
      <Form.Item name="kind" label={t("orgUnit.kind")} rules={required}>
        <Select disabled={Boolean(unit)} options={(unit ? ([unit.kind] as const) : (["region", "city", "store"] as const)).map((one) => ({ value: one, label: t(`orgUnit.kinds.${one}`) }))} />
      </Form.Item>
      <Form.Item name="name" label={t("orgUnit.name")} rules={required}><Input maxLength={64} /></Form.Item>
      <Form.Item name="code" label={t("orgUnit.code")} rules={required}><Input maxLength={32} disabled={Boolean(unit)} /></Form.Item>
      <Form.Item name="address" label={t("orgUnit.address")}><Input maxLength={128} /></Form.Item>
      <Form.Item name="phone" label={t("orgUnit.phone")}><Input maxLength={20} inputMode="tel" /></Form.Item>
      <Form.Item name="openingHours" label={t("orgUnit.hours")}><Input maxLength={64} placeholder="11:00–22:00" /></Form.Item>
      {unit && unit.kind !== "headquarters" ? <Form.Item name="isOpen" label={t("orgUnit.open")} valuePropName="checked"><Switch /></Form.Item> : null}
    </FormDrawer>
  );
}
