import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Problem } from "./problem.ts";

interface Action<Input, Output> {
  run: (input: Input, key: string) => Promise<Output>;
  /** Query keys whose data this action makes stale. */
  refreshes?: readonly (readonly unknown[])[];
  onDone?: (output: Output, input: Input) => void;
}

/**
 * One thing a person does. The key is made once per action and kept while the outcome is unknown (no answer, 5xx), so a
 * second press can never move value twice; a definite refusal or another input starts a new action.
 */
export function useAction<Input, Output>(action: Action<Input, Output>) {
  const queryClient = useQueryClient();
  const pending = useRef<{ fingerprint: string; key: string } | null>(null);
  return useMutation<Output, Error, Input>({
    // A refusal that the network is away is an answer; waiting in silence is none.
    networkMode: "always",
    mutationFn: (input) => {
      const fingerprint = JSON.stringify(input) ?? "";
      if (pending.current?.fingerprint !== fingerprint) pending.current = { fingerprint, key: crypto.randomUUID() };
      return action.run(input, pending.current.key);
    },
    onError: (error) => {
      if (error instanceof Problem && !error.isOutcomeUnknown) pending.current = null;
    },
    onSuccess: async (output, input) => {
      pending.current = null;
      action.onDone?.(output, input);
      await Promise.all((action.refreshes ?? []).map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
}
