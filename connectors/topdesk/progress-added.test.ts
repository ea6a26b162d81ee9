import { afterEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { contextOf, look, told } from '#kit/contract/desk.js';
import type { Json } from '#kit/message.js';
import type { AttachContext } from '#kit/source.js';
import { Failure } from '#kit/failure.js';
import { progressAdded } from './progress-added.js';
import { addProgress } from './sending.js';
import { make, openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
afterEach(() => desk.simulator.close());

const start = async (settings: Record<string, unknown> = { tellProgress: true }): Promise<Json> => {
  desk = await openDesk(settings);
  const { id } = await make(desk);
  desk.simulator.advance(5_000);
  const { cursor } = await look(desk, progressAdded, null);
  desk.simulator.advance(60_000);
  await addProgress(
    desk.client,
    {
      action: 'Van de bus.',
      invisibleForCaller: false,
      processingStatus: null,
      status: null,
      attachments: ['urn:lb-bus:attachment:0190a0c0-0000-7000-8000-00000000000a'],
      externalNumbers: [],
    },
    contextOf({ reference: id }),
  );
  return cursor;
};

const saidSince = async (cursor: Json): Promise<string[]> => {
  desk.simulator.advance(5_000);
  const { items } = await look(desk, progressAdded, cursor);
  const { said } = told(desk, progressAdded, { items, state: undefined });
  return said.map(({ heeftBody }) => (heeftBody as [{ beschrijving: string }])[0].beschrijving);
};

const keeping =
  (kept: string[]): AttachContext['store'] =>
  async ({ fileName, content }) => {
    let text = '';
    for await (const chunk of content) text += String(chunk);
    kept.push(`${fileName}: ${text}`);
    return 'urn:lb-bus:attachment:0190a0c0-0000-7000-8000-00000000000b';
  };

describe('what people add to an incident', () => {
  it('is told as words, and what the bus itself wrote or attached is not', async () => {
    const cursor = await start();
    desk.drive('writeProgress', { text: '<p>Wij komen <b>morgen</b>.</p><script>x()</script>' });
    desk.drive('writeProgress', { text: 'Intern.', invisibleForCaller: true });
    desk.drive('attachFile', { fileName: 'plan.pdf' });
    expect(await saidSince(cursor)).toEqual(['Wij komen morgen.', 'Bijlage: plan.pdf']);
  });

  it('is not told where the settings do not ask for it', async () => {
    const cursor = await start({});
    desk.drive('writeProgress');
    expect(await saidSince(cursor)).toEqual([]);
  });

  it('comes with its file, streamed into the store of the bus', async () => {
    const cursor = await start();
    desk.drive('attachFile', { fileName: 'plan.pdf', text: 'bytes' });
    desk.simulator.advance(5_000);
    const [item] = (await look(desk, progressAdded, cursor)).items;
    const context = { subject: 'https://x.example/1', state: undefined, settings: desk.settings };
    const { message } = progressAdded.map(item!, context);
    const kept: string[] = [];
    const { signal } = new AbortController();
    const attach = (store: AttachContext['store']) =>
      progressAdded.attach!(desk.client, item!, message!, { signal, store });
    const whole = await attach(keeping(kept));
    expect(kept).toEqual(['plan.pdf: bytes']);
    expect(whole).toMatchObject({
      id: message!.id,
      data: { heeftBody: [{ bijlage: expect.stringMatching(/^urn:lb-bus/) }] },
    });

    const tooLarge = new Failure('reject', 'too large', { code: 'too-large' });
    expect(await attach(() => Promise.reject(tooLarge))).toEqual(message);

    desk.simulator.fault({ kind: 'status', status: 503 });
    expect((await failureOf(attach(keeping(kept)))).verdict).toBe('retry');
  });
});
