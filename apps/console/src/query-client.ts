import { QueryCache, QueryClient } from "@tanstack/react-query";
import { problemOf } from "./api/problem.ts";

const retriesMax = 2;

/** A session that ended under us sends the reader to the sign-in page and back to where they were. */
function leaveWhenSignedOut(error: unknown) {
  const isSigningIn = location.pathname === "/sign-in";
  if (problemOf(error).status === 401 && !isSigningIn) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== "session") leaveWhenSignedOut(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => {
        const { status } = problemOf(error);
        return (status === 0 || status >= 500) && failures < retriesMax;
      },
    },
    mutations: { onError: leaveWhenSignedOut },
  },
});
