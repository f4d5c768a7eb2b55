import "../shared/styles/app.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createI18n, loadMessages, storedLocale } from "../shared/i18n/locale.ts";
import { openKvStore } from "../shared/lib/kv-store.ts";
import { createAppServices, Providers } from "./providers.tsx";
import { createAppRouter } from "./router.tsx";

/** Stores of the browser's database; features own what is in theirs. */
const STORES = ["photos", "assets", "drafts", "jobs"];

async function start(): Promise<void> {
  const locale = storedLocale(localStorage);
  document.documentElement.lang = locale;
  const i18n = createI18n({ locale, messages: await loadMessages(locale) });
  const kv = openKvStore({ indexedDB: window.indexedDB, name: "ob-studio", stores: STORES });
  const { origin } = window.location;
  const services = createAppServices({ origin, storage: localStorage, i18n, kv });
  const root = document.getElementById("root");
  if (root === null) throw new Error("no #root");
  createRoot(root).render(
    <StrictMode>
      <Providers services={services}>
        <RouterProvider router={createAppRouter()} />
      </Providers>
    </StrictMode>,
  );
}

void start();
