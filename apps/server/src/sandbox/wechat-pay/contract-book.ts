import { digits, type RandomBytes } from "./account.ts";
import { Refusal } from "./refusal.ts";

export interface SandboxContract {
  readonly contractCode: string;
  readonly planId: number;
  readonly displayAccount: string;
  readonly notifyUrl: string;
  contractId: string | null;
  state: "SIGNING" | "SIGNED" | "TERMINATED";
  signedAt: Date | null;
  /** When the guest was last told that money will be taken. */
  announcedAt: Date | null;
  /** The guest's purse: empty, nothing can be taken. */
  isEmpty: boolean;
}

/** A new agreement may be used at once for so long; afterwards the guest is told a day before. */
const FREE_AFTER_SIGNING_MS = 12 * 3_600_000;
const NOTICE_MS = 24 * 3_600_000;

/** Agreements that money may be taken under, and the rules of taking it. */
export class ContractBook {
  readonly #byCode = new Map<string, SandboxContract>();
  readonly #now: () => Date;
  readonly #randomBytes: RandomBytes;

  constructor(now: () => Date, randomBytes: RandomBytes) {
    this.#now = now;
    this.#randomBytes = randomBytes;
  }

  open(order: Pick<SandboxContract, "contractCode" | "planId" | "displayAccount" | "notifyUrl">): SandboxContract {
    const known = this.#byCode.get(order.contractCode);
    if (known) return known;
    const contract: SandboxContract = { ...order, contractId: null, state: "SIGNING", signedAt: null, announcedAt: null, isEmpty: false };
    this.#byCode.set(order.contractCode, contract);
    return contract;
  }

  get(contractCode: string): SandboxContract {
    const contract = this.#byCode.get(contractCode);
    if (!contract) throw new Refusal(404, "CONTRACT_NOT_EXIST", "签约协议不存在");
    return contract;
  }

  byId(contractId: string): SandboxContract {
    const contract = [...this.#byCode.values()].find((one) => one.contractId === contractId);
    if (!contract) throw new Refusal(404, "CONTRACT_NOT_EXIST", "签约协议不存在");
    return contract;
  }

  sign(contractCode: string): SandboxContract {
    const contract = this.get(contractCode);
    if (contract.state === "TERMINATED") throw new Refusal(403, "CONTRACT_TERMINATED", "协议已解约");
    contract.state = "SIGNED";
    contract.contractId ??= `Wx${digits(this.#randomBytes, 30)}`;
    contract.signedAt ??= this.#now();
    return contract;
  }

  terminate(contractCode: string): SandboxContract {
    const contract = this.get(contractCode);
    contract.state = "TERMINATED";
    return contract;
  }

  announce(contractId: string): void {
    this.#signed(contractId).announcedAt = this.#now();
  }

  /** Throws a `Refusal` where nothing may be taken now. */
  assertDeductible(contractId: string): SandboxContract {
    const contract = this.#signed(contractId);
    const now = this.#now().getTime();
    const isFresh = contract.signedAt !== null && now - contract.signedAt.getTime() < FREE_AFTER_SIGNING_MS;
    const wasTold = contract.announcedAt !== null && now - contract.announcedAt.getTime() >= NOTICE_MS;
    if (!isFresh && !wasTold) throw new Refusal(403, "RULE_LIMIT", "扣费前 24 小时未下发预扣费通知");
    if (contract.isEmpty) throw new Refusal(403, "NOTENOUGH", "用户账户余额不足");
    return contract;
  }

  #signed(contractId: string): SandboxContract {
    const contract = this.byId(contractId);
    if (contract.state !== "SIGNED") throw new Refusal(403, "CONTRACT_TERMINATED", "协议已解约");
    return contract;
  }
}
