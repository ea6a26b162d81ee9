import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import type { Derived } from '#kit/message.js';
import type { AnySource } from '#kit/source.js';
import { maxAttachmentBytes, openAttachmentStore } from '../../attachments/store.js';
import type { AttachmentStore } from '../../attachments/store.js';
import type { Tools } from '../tools.js';
import { withFiles } from './files.js';
import type { Feed } from './ingest.js';

let folder: string;
let attachments: AttachmentStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lb-bus-files-'));
  const ring = [{ id: 'k1', bytes: randomBytes(32) }] as const;
  attachments = openAttachmentStore(pathToFileURL(folder).href, () => ring);
});
afterAll(async () => {
  attachments.close();
  await rm(folder, { recursive: true });
});

const message: Derived = {
  type: 'be.lbbus.melding.aangevuld.v1',
  id: '1',
  time: '2026-01-05T08:12:00Z',
  data: {},
};

/** The message with what the source attaches to it. */
const attached = (content: () => Readable): Promise<Derived> => {
  const attach: AnySource['attach'] = async (_client, _item, one, { store }) => ({
    ...one,
    data: {
      bijlage: await store({
        fileName: 'a.pdf',
        contentType: 'application/pdf',
        content: content(),
      }),
    },
  });
  return withFiles(
    { attachments, timing: { sendDeadlineMs: 60_000 } } as unknown as Tools,
    { line: { tenant: 'aalter', target: 'topdesk' }, source: { attach } } as Feed,
    {},
    message,
  );
};

describe('a file of a source', () => {
  it('lies in the store under the same address however often it comes', async () => {
    const one = await attached(() => Readable.from([Buffer.from('plan')]));
    const again = await attached(() => Readable.from([Buffer.from('pl'), Buffer.from('an')]));
    expect(again).toEqual(one);
    const uri = String(one.data['bijlage']);
    const id = uri.replace('urn:lb-bus:attachment:', '');
    expect(await (await attachments.read('aalter', id)).toArray()).toEqual([Buffer.from('plan')]);
    expect(await attachments.describe('aalter', id)).toMatchObject({ fileName: 'a.pdf' });
  });

  it('that is larger than the bus takes is refused, and let go of', async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    let left = maxAttachmentBytes / chunk.length + 2;
    const content = new Readable({
      read() {
        left -= 1;
        this.push(left < 0 ? null : chunk);
      },
    });
    const failure = await failureOf(attached(() => content));
    expect(failure).toMatchObject({ verdict: 'reject', code: 'too-large' });
    expect(content.destroyed).toBe(true);
  });

  it('that breaks off comes again later', async () => {
    const broken = (): Readable =>
      new Readable({
        read() {
          this.destroy(new Error('the line dropped'));
        },
      });
    const failure = await failureOf(attached(broken));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
  });

  it('is not looked for where its source brings none', async () => {
    expect(await withFiles({} as Tools, { source: {} } as Feed, {}, message)).toBe(message);
  });
});
