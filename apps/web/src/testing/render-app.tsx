import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createAppServices, Providers } from "../app/providers.tsx";
import { createAppRouter } from "../app/router.tsx";
import { createI18n, loadMessages } from "../shared/i18n/locale.ts";
import { memoryStore } from "../shared/lib/kv-store.ts";

/** Opens a page of the whole app in Thai, as a guest who has or has not uploaded yet. */
export async function renderApp(o: { at: string; isSignedIn?: boolean }) {
  if (o.isSignedIn === true) localStorage.setItem("ob.guest", "1");
  const i18n = createI18n({ locale: "th", messages: await loadMessages("th") });
  const { origin } = window.location;
  const services = createAppServices({ origin, storage: localStorage, i18n, kv: memoryStore() });
  const router = createAppRouter({ history: createMemoryHistory({ initialEntries: [o.at] }) });
  render(
    <Providers services={services}>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { user: userEvent.setup(), router, services };
}
