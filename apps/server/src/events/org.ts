/** What `org` tells the others. The subject is the unit or the member of staff. */
export const UNIT_ADDED = "org.unit-added";
export const UNIT_CHANGED = "org.unit-changed";
export const STAFF_ADDED = "org.staff-added";
export const STAFF_DEACTIVATED = "org.staff-deactivated";

export interface UnitAdded {
  unitId: string;
  parentId: string;
  kind: string;
  code: string;
  name: string;
}

export interface UnitChanged {
  unitId: string;
  kind: string;
  code: string;
  name: string;
  state: "active" | "closed";
}

export interface StaffAdded {
  staffId: string;
  name: string;
}

export interface StaffDeactivated {
  staffId: string;
}
