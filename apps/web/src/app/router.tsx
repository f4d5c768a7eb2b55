import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { AppShell } from "./routes/app-shell.tsx";
import { LandingPage } from "./routes/landing-page.tsx";
import { BrokenPage, MissingPage } from "./routes/missing-page.tsx";

const rootRoute = createRootRoute({
  component: AppShell,
  notFoundComponent: MissingPage,
  errorComponent: BrokenPage,
});

const landingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: LandingPage,
});

/** `?job=` is the job on screen, so that a reload finds it again. */
export interface StudioSearch {
  readonly job?: string;
}

export const studioRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/services/$serviceId",
  validateSearch: (search): StudioSearch => {
    const job = search["job"];
    return typeof job === "string" && /^[0-9a-f-]{36}$/.test(job) ? { job } : {};
  },
  component: lazyRouteComponent(() => import("./routes/studio-page.tsx"), "StudioPage"),
});

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/jobs",
  component: lazyRouteComponent(() => import("./routes/jobs-page.tsx"), "JobsPage"),
});

const openJobRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/jobs/$jobId",
  component: lazyRouteComponent(() => import("./routes/open-job-page.tsx"), "OpenJobPage"),
});

const walletRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/wallet",
  component: lazyRouteComponent(() => import("./routes/wallet-page.tsx"), "WalletPage"),
});

const privacyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/privacy",
  component: lazyRouteComponent(() => import("./routes/privacy-page.tsx"), "PrivacyPage"),
});

/** The app's pages; `history` is the browser's unless a test brings its own. */
export function createAppRouter(o: { history?: RouterHistory } = {}) {
  return createRouter({
    routeTree: rootRoute.addChildren([
      landingRoute,
      studioRoute,
      jobsRoute,
      openJobRoute,
      walletRoute,
      privacyRoute,
    ]),
    scrollRestoration: true,
    defaultPreload: "intent",
    ...o,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
