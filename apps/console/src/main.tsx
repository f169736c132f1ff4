import "antd/dist/reset.css";
import "./design/house.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { startLanguage } from "./language/language.ts";
import { queryClient } from "./query-client.ts";
import { router } from "./router.tsx";
import { AppearanceProvider } from "./shell/appearance.tsx";

// In development the built-in server reloads pages itself, and a worker would only stand in between.
if (import.meta.env.PROD && "serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => undefined);

const i18n = await startLanguage();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <AppearanceProvider>
          <RouterProvider router={router} />
        </AppearanceProvider>
      </QueryClientProvider>
    </I18nextProvider>
  </StrictMode>,
);
