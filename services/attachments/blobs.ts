import type { Readable } from 'node:stream';

/** Bytes that lie complete in the store but under no name yet. */
export interface StagedBlob {
  /** Gives them their name, at once and whole; what stood there before is replaced by the same content. */
  readonly keepAs: (name: string) => Promise<void>;
  readonly discard: () => Promise<void>;
}

/** Where sealed bytes rest. Names are relative paths of `[a-z0-9/-]`; a name shows either all bytes or nothing. */
export interface Blobs {
  readonly stage: (folder: string, content: AsyncIterable<Buffer>) => Promise<StagedBlob>;
  /** Removes what was staged in the folder before that moment and never got a name. */
  readonly sweep: (folder: string, before: Date) => Promise<void>;
  /** Null where nothing lies under that name. */
  readonly read: (name: string) => Promise<Readable | null>;
  readonly close: () => void;
}
