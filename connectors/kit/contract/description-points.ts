import { expect } from '@jest/globals';
import { validate } from '#oslo/validation.js';
import type { Connector } from '../definition.js';
import type { Derived, Json } from '../message.js';
import { checkSettings, readSettings } from '../settings.js';
import { connectTo, failureOf, openBench, settingsOf } from './bench.js';
import type { Subject } from './bench.js';
import { messageOf, operationOf } from './examples.js';
import { withBench } from './point.js';
import type { Point } from './point.js';

const secretName = /password|secret|token|privatekey|apikey/i;

interface Described {
  readonly description?: string;
  readonly writeOnly?: boolean;
}

const fieldsOf = ({ settings }: Connector): [string, Described][] =>
  Object.entries(settings.properties as Record<string, Described>);

/** The violations of data that a connector made, for a readable failure. */
export const violationsOf = (type: string, data: unknown): string[] =>
  validate(type, data).map(({ pointer, code }) => `${pointer} ${code}`);

/** Derived messages are valid OSLO, with an id and a time. */
export const expectValid = (derived: Derived): void => {
  expect(violationsOf(derived.type, derived.data)).toEqual([]);
  expect(derived.id).toMatch(/^.{1,128}$/u);
  expect(new Date(derived.time).toISOString().slice(0, 19)).toBe(derived.time.slice(0, 19));
};

const fullSettings = async (
  subject: Subject,
  own: Record<string, unknown> = {},
): Promise<Record<string, unknown>> => {
  if (!subject.connector.simulator)
    return readSettings(subject.connector, { ...subject.options.settings, ...own });
  const bench = await openBench(subject);
  await bench.close();
  return { ...bench.open.settings, ...own };
};

const settingsDescribed: Point = {
  name: 'each setting is described, and what holds a secret says so',
  needsSimulator: false,
  run: ({ connector }) => {
    for (const [name, { description, writeOnly }] of fieldsOf(connector)) {
      expect({ name, described: (description ?? '').length > 10 }).toEqual({
        name,
        described: true,
      });
      if (secretName.test(name)) expect({ name, writeOnly }).toEqual({ name, writeOnly: true });
    }
  },
};

const unknownRefused: Point = {
  name: 'an unknown setting is refused with its pointer',
  needsSimulator: false,
  run: ({ connector }) => {
    const problems = checkSettings(connector, { 'not/known': 1 });
    expect(problems).toContainEqual(
      expect.objectContaining({ pointer: '/not~1known', code: 'unknown-property' }),
    );
  },
};

const checkPasses: Point = {
  name: 'the check passes',
  needsSimulator: true,
  run: (subject) =>
    withBench(subject, async ({ open }) => {
      await subject.connector.check(open.client, { signal: AbortSignal.timeout(5_000) });
    }),
};

const wrongCredentials: Point = {
  name: 'wrong credentials give pause',
  needsSimulator: true,
  run: (subject) =>
    withBench(subject, async (bench) => {
      const { simulator } = subject.connector;
      const baseUrl = bench.simulator.baseUrl('contract');
      const wrong = simulator?.settings(baseUrl, { name: 'contract', secret: 'wrong' }) ?? {};
      expect(wrong).not.toEqual(settingsOf(bench));
      const { client } = await connectTo(subject, wrong);
      const failure = await failureOf(
        subject.connector.check(client, { signal: AbortSignal.timeout(5_000) }),
      );
      expect(failure.verdict).toBe('pause');
    }),
};

const examplesValid: Point = {
  name: 'each operation and source has an example, and each is valid OSLO with its origin',
  needsSimulator: false,
  run: (subject) => {
    const { connector, operations, sources } = subject;
    const shown = new Set(operations.map((example) => operationOf(connector, example).name));
    expect([...shown].sort()).toEqual(Object.keys(connector.operations).sort());
    const from = new Set(sources.map((example) => example.from));
    expect([...from].sort()).toEqual(Object.keys(connector.sources ?? {}).sort());
    for (const { file, source } of [...operations, ...sources]) {
      if (source.length < 10 || source.startsWith('To do')) throw new Error(`${file}: ${source}`);
    }
    for (const { file, message } of operations) {
      expect([
        file,
        violationsOf(String(message['type'] as Json & string), message['data']),
      ]).toEqual([file, []]);
    }
  },
};

/** As JSON, so that what is left out and what is undefined are the same. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const mapsAsWritten: Point = {
  name: 'each message becomes the request that is written down, and each answer the message',
  needsSimulator: false,
  run: async (subject) => {
    for (const example of subject.operations) {
      const { operation } = operationOf(subject.connector, example);
      const settings = await fullSettings(subject, example.settings);
      const message = messageOf(example.message, '5f0c1234-5678-5123-9012-123456789012');
      const request = operation.map(message, settings);
      expect([example.file, plain(request)]).toEqual([example.file, example.request]);
      if (example.answer === undefined) continue;
      const answer = operation.answer?.(example.result, message, settings);
      expect([example.file, plain(answer)]).toEqual([example.file, example.answer]);
    }
  },
};

const sourcesAsWritten: Point = {
  name: 'each item of a source becomes the message that is written down',
  needsSimulator: false,
  notApplicable: ({ connector }) => (connector.sources ? null : 'it has no sources'),
  run: async (subject) => {
    for (const example of subject.sources) {
      const source = subject.connector.sources?.[example.from];
      const settings = await fullSettings(subject, example.settings);
      const { message } =
        source?.map(example.item, { subject: example.subject, state: example.state, settings }) ??
        {};
      expect([example.file, plain(message)]).toEqual([example.file, example.message]);
      if (message) expectValid(message);
    }
  },
};

/** What a connector says of itself. */
export const descriptionPoints: readonly Point[] = [
  settingsDescribed,
  unknownRefused,
  checkPasses,
  wrongCredentials,
  examplesValid,
  mapsAsWritten,
  sourcesAsWritten,
];
