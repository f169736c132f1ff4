/** Postgres settings by their own names, such as `{ fsync: "off" }`. */
export type Settings = Record<string, string>;

/** Sized for a shop's server with two cores and a few GB; every figure can be overridden. */
const DEFAULTS: Settings = {
  listen_addresses: "127.0.0.1",
  // Sockets would need a folder that both accounts can use; TCP on the loopback is enough.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  effective_cache_size: "1GB",
  huge_pages: "off",
  fsync: "on",
  synchronous_commit: "on",
  wal_compression: "on",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  // Compiling a plan costs more than our short statements take.
  jit: "off",
  // Plans made while a table was empty are bad ones: statistics come within seconds of the first rows, not after a minute.
  autovacuum_naptime: "10s",
  autovacuum_analyze_threshold: "500",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
};

/** What a throwaway cluster for tests wants: nothing survives a power cut, everything is quick. */
export const THROWAWAY: Settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
};

export function settingArguments(settings: Settings): string[] {
  return Object.entries({ ...DEFAULTS, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
