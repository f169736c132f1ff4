import { useSyncExternalStore } from "react";
import { api } from "../../../api/client.ts";

/** Pieces on their way at the same time. */
const lanes = 3;

export interface Progress {
  sentBytes: number;
  isPaused: boolean;
  isOver: boolean;
  error: unknown;
}

interface Parts {
  importId: string;
  file: File;
  /** Length of a piece. */
  chunkBytes: number;
}

/** A file on its way, piece by piece; paused, broken off and gone on with where it was. It outlives the page that began it. */
class Upload {
  readonly file: File;
  readonly #importId: string;
  readonly #chunkBytes: number;
  #waiting: number[] = [];
  #abort = new AbortController();
  #listeners = new Set<() => void>();
  #ended: () => void;
  progress: Progress = { sentBytes: 0, isPaused: false, isOver: false, error: null };

  constructor({ importId, file, chunkBytes }: Parts, ended: () => void) {
    this.#importId = importId;
    this.file = file;
    this.#chunkBytes = chunkBytes;
    this.#ended = ended;
  }

  /** Asks which pieces are missing and sends those. */
  async go(): Promise<void> {
    this.#abort = new AbortController();
    this.#tell({ isPaused: false, error: null });
    try {
      const { missing, total } = await api.get<{ missing: number[]; total: number }>(`/imports/${this.#importId}/chunks`);
      this.#waiting = [...missing];
      this.#tell({ sentBytes: Math.max(0, this.file.size - missing.length * this.#chunkBytes), isOver: missing.length === 0 && total > 0 });
      if (missing.length === 0) return this.#ended();
      await Promise.all(Array.from({ length: lanes }, () => this.#lane()));
      // The list of what is missing has an end of its own.
      if (!this.progress.isPaused) await this.go();
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#tell({ isPaused: true, error });
    }
  }

  pause(): void {
    this.#abort.abort();
    this.#tell({ isPaused: true });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #lane(): Promise<void> {
    const { signal } = this.#abort;
    for (let no = this.#waiting.shift(); no !== undefined && !signal.aborted; no = this.#waiting.shift()) {
      const piece = this.file.slice(no * this.#chunkBytes, (no + 1) * this.#chunkBytes);
      await api.putBytes(`/imports/${this.#importId}/chunks/${no}`, piece, signal);
      this.#tell({ sentBytes: Math.min(this.file.size, this.progress.sentBytes + piece.size) });
    }
  }

  #tell(change: Partial<Progress>): void {
    this.progress = { ...this.progress, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const uploads = new Map<string, Upload>();
const idle: Progress = { sentBytes: 0, isPaused: true, isOver: false, error: null };

/** Begins to send, or goes on with a file that was chosen again after the page was left. */
export function startUpload(parts: Parts, ended: () => void): void {
  uploads.get(parts.importId)?.pause();
  const upload = new Upload(parts, () => {
    uploads.delete(parts.importId);
    ended();
  });
  uploads.set(parts.importId, upload);
  void upload.go();
}

/** How far an upload of this browser is; nothing where the file is not at hand any more. */
export function useUpload(importId: string): { progress: Progress; upload: Upload | undefined } {
  const upload = uploads.get(importId);
  const progress = useSyncExternalStore(upload?.subscribe ?? (() => () => {}), () => upload?.progress ?? idle);
  return { progress, upload };
}
