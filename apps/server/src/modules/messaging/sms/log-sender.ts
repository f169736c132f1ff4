import { assertPhone, type Sms, type SmsSender } from "./sms.ts";

/**
 * Sends nothing: prints the message, code included, for a person in development who has no provider. Never for
 * production, where a log must hold neither phones nor codes; the one who wires the services sees to that.
 */
export function createLogSmsSender(print: (line: string) => void): SmsSender {
  let sent = 0;
  return {
    async send(sms) {
      assertPhone(sms.phone);
      sent += 1;
      print(`短信未发送（开发模式）→ ${sms.phone} [${sms.template}] ${wording(sms)}`);
      return { providerId: `log-${sent}` };
    },
  };
}

function wording({ params }: Sms): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
