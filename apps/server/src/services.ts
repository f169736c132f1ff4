export type Service = "http" | "worker";
const known: readonly string[] = ["http", "worker"] satisfies Service[];

/** `--services=http,worker`; both in one process unless told otherwise. */
export function chosenServices(args: readonly string[]): ReadonlySet<Service> {
  const named = args.find((arg) => arg.startsWith("--services="))?.slice("--services=".length).split(",") ?? known;
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0 || named.length === 0) throw new Error(`--services= takes ${known.join(", ")}; not ${unknown.join(", ") || "nothing"}`);
  return new Set(named as Service[]);
}
