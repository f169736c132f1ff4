const ASK_EVERY_MS = 1_500;
const ASK_TIMES = 200;

/** The notification from WeChat reaches the server, never this page: so the server is asked. `null`: not decided yet. */
export async function hasArrived(ask: () => Promise<boolean | null>, isWanted: () => boolean): Promise<boolean> {
  for (let time = 0; time < ASK_TIMES && isWanted(); time += 1) {
    const answer = await ask().catch(() => null);
    if (answer !== null) return answer;
    await new Promise((resolve) => { setTimeout(resolve, ASK_EVERY_MS); });
  }
  return false;
}
