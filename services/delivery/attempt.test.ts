import { expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import {
  attempted,
  bodyKeys,
  envelope,
  named,
  type Register,
} from '#infra/testing/delivery/attempted.js';
import { until } from '#infra/testing/until.js';
import { Failure } from '#kit/failure.js';
import type { Json } from '#kit/message.js';
import type { SendContext } from '#kit/operation.js';
import { attemptStages } from './attempt.js';
import { sealKept } from './kept.js';
import { way } from './way.js';

it('runs the stages in the order in which the way shows them', () => {
  const names = way.map(({ name }) => name);
  expect(names).toEqual([
    'decode',
    'lane',
    'effect',
    ...attemptStages.map(({ name }) => name),
    'settle',
  ]);
  expect(names).toEqual(
    'decode lane effect choose unseal map register send answer settle'.split(' '),
  );
});

it('brings what was sent to the system, with what is known of it, and keeps what it answers', async () => {
  const { work, trouble } = await attempted({
    send: (_client, request, { messageId, reference, redelivered }) =>
      Promise.resolve({ request, messageId, reference, redelivered }),
    refer: () => ({ externalId: 'A1' }),
  });
  expect(trouble).toBeNull();
  expect(work.result).toEqual({
    request: 'what was sent',
    messageId: named.id,
    reference: 'A1',
    redelivered: false,
  });
  expect(work.reference).toEqual({ externalId: 'A1' });
});

it('opens what an earlier message about the subject left, and keeps what this one leaves', async () => {
  const place = { ...named, target: 'archief', subject: envelope.subject };
  const kept = sealKept(place, { nummer: 'n' }, bodyKeys);
  const parts: Partial<Register> = {
    send: (_client, _request, context) => Promise.resolve(context.kept),
    keep: (result) => ({ value: result as Json, days: 7 }),
    remark: () => 'Nobody was told',
  };
  const { work } = await attempted(parts, { kept });
  expect(work).toMatchObject({
    kept: { value: { nummer: 'n' }, days: 7 },
    remark: 'Nobody was told',
  });
  const moved = sealKept({ ...place, subject: 'urn:x:other' }, { nummer: 'n' }, bodyKeys);
  expect(await attempted(parts, { kept: moved })).toMatchObject({
    sent: false,
    trouble: { code: 'unclassified' },
  });
});

it('asks an authentic source nothing that does not stand in the register', async () => {
  let sent = 0;
  const { trouble, work } = await attempted({
    register: {
      service: 'People-1',
      entry: () => ({ reference: named.id, capacity: null, about: [] }),
    },
    send: () => Promise.resolve((sent += 1)),
  });
  expect(trouble).toMatchObject({ code: 'unclassified', mayHaveActed: false });
  expect([sent, work.consultation]).toEqual([0, null]);
});

it('tells by what to ask how a request went that the system has taken', async () => {
  const send = (_client: unknown, _request: unknown, { taken }: SendContext) => {
    throw new Failure('retry', 'It is worked on', { code: 'in-progress', taken: `${taken}+` });
  };
  const { trouble } = await attempted({ send }, { taken: 'upload 1' });
  expect(trouble).toMatchObject({
    verdict: 'retry',
    code: 'in-progress',
    taken: 'upload 1+',
    mayHaveActed: true,
  });
});

it('ends at the deadline also where a connector does not listen to it', async () => {
  const { trouble, sent } = await attempted(
    { send: () => new Promise(() => undefined) },
    { deadlineMs: 50 },
  );
  expect(trouble).toMatchObject({ verdict: 'retry', code: 'timeout', mayHaveActed: true });
  expect(sent).toBe(false);
});

it('sends nothing where its time was over before it began', async () => {
  let sent = 0;
  const { trouble } = await attempted(
    { send: () => Promise.resolve((sent += 1)) },
    { deadlineMs: 0 },
  );
  expect(trouble).toMatchObject({ code: 'timeout', mayHaveActed: false });
  expect(sent).toBe(0);
});

it('knows that the system has acted where only its answer cannot be read', async () => {
  const { trouble, sent } = await attempted({
    refer: () => {
      throw new TypeError('no id');
    },
  });
  expect(sent).toBe(true);
  expect(trouble?.code).toBe('unclassified');
});

it('rejects a type that the connector does not take', async () => {
  const { trouble } = await attempted({}, { type: 'be.lbbus.melding.aangevuld.v1' });
  expect(trouble).toMatchObject({ verdict: 'reject', code: 'unsupported' });
});

it('passes on who can put it right', async () => {
  const failure = new Failure('pause', 'The certificate has expired', { code: 'certificate' });
  const { trouble, frames } = await attempted({ send: () => Promise.reject(failure) });
  expect(trouble).toMatchObject({ verdict: 'pause', code: 'certificate', mayHaveActed: false });
  expect(frames).toEqual([]);
});

it('lets go of an attachment that a connector asked for and did not read', async () => {
  const content = Readable.from(['never read']);
  const attachment = () =>
    Promise.resolve({ fileName: 'foto.jpg', contentType: 'image/jpeg', sizeBytes: 10, content });
  const send = async (_client: unknown, _request: unknown, context: SendContext) => {
    await context.attachment('urn:lb-bus:attachment:1');
    throw new Failure('reject', 'too large', { code: 'too-large' });
  };
  expect(await attempted({ send }, { attachment })).toMatchObject({
    trouble: { code: 'too-large' },
  });
  expect(content.destroyed).toBe(true);
});

it('lets go of an attachment that comes after the deadline', async () => {
  const content = Readable.from(['never read']);
  const found = { fileName: 'foto.jpg', contentType: 'image/jpeg', sizeBytes: 10, content };
  let come = (): void => undefined;
  const attachment = () =>
    new Promise<typeof found>((resolve) => {
      come = () => resolve(found);
    });
  const send = (_client: unknown, _request: unknown, context: SendContext) =>
    context.attachment('urn:lb-bus:attachment:1');
  const { trouble } = await attempted({ send }, { attachment, deadlineMs: 50 });
  expect(trouble).toMatchObject({ code: 'timeout' });
  come();
  await until(() => content.destroyed, { what: 'the attachment to be let go of' });
});
