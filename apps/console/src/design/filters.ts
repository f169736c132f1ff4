import { useNavigate, useSearch } from "@tanstack/react-router";

/** The filters of a list live in the address, so that a page can be shared, reloaded and gone back to. */
export function useFilters() {
  const filters = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const setFilters = (changes: Record<string, string | undefined>) => {
    const next = Object.fromEntries(Object.entries({ ...filters, ...changes }).filter(([, value]) => value));
    void navigate({ to: ".", search: next as never, replace: true });
  };
  return [filters, setFilters] as const;
}
