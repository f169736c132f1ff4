export interface Staff {
  id: string;
  name: string;
  account: string;
  roles: { id: string; name: string }[];
  orgUnit: { id: string; name: string } | null;
  isActive: boolean;
  lastSignInAt: string | null;
}
