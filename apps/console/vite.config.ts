import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The server's address; `SHUKE_API` points a console in development at another one. */
const api = process.env["SHUKE_API"] ?? "http://127.0.0.1:8080";
const proxy = { "/api": { target: api, changeOrigin: false } };

export const config = defineConfig({
  base: "/",
  plugins: [react()],
  server: { host: "127.0.0.1", port: 5173, proxy },
  preview: { host: "127.0.0.1", port: 4173, proxy },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 900 },
});

// Vite reads its configuration from the default export only.
export { config as default };
