import { beforeAll, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { json } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { burgerprofielDoor } from '#infra/testing/burgerprofiel/door.js';
import {
  attached,
  formHeaders,
  formOf,
  photo,
  submission,
} from '#infra/testing/burgerprofiel/submission.js';
import { write, writeAndLeave, type Call } from '#infra/testing/caller.js';
import { inszOf } from '#infra/testing/question.js';

const door = burgerprofielDoor();

const entered = (): Promise<number> => queueDepth(door.gateway.vhost, 'audit');

describe('what is no melding', () => {
  let before: number;
  beforeAll(async () => {
    before = await entered();
  });

  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const wrong: Record<string, [Call, number, string, string?]> = {
    'no JSON': [{ body: '{' }, 400, 'not-json'],
    'a text': [{ body: '"x"' }, 422, 'invalid'],
    'a list': [{ body: '[]' }, 422, 'invalid'],
    'too deep': [{ body: deep }, 400, 'too-deep'],
    'other encoding': [{ body: new Uint8Array([0x22, 0xe9, 0x22]) }, 400, 'not-json'],
    'other charset': [
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'unsupported-media',
    ],
    'other media type': [
      { body: '<x/>', headers: { 'content-type': 'application/xml' } },
      415,
      'unsupported-media',
    ],
    'too large': [{ body: new Uint8Array(1024 * 1024 + 1) }, 413, 'too-large'],
    'a gzip bomb': [
      {
        body: new Uint8Array(gzipSync(Buffer.alloc(20 * 1024 * 1024))),
        headers: { 'content-encoding': 'gzip' },
      },
      413,
      'too-large',
    ],
    'an unknown category': [
      { body: json(submission({ category: 'x' })) },
      422,
      'invalid',
      '/category',
    ],
    'no description': [
      { body: json({ id: '1', category: 'groen' }) },
      422,
      'invalid',
      '/description',
    ],
    'an unknown field': [{ body: json(submission({ __x: 1 })) }, 422, 'invalid', '/__x'],
    'a prototype': [
      { body: '{"id":"1","category":"groen","description":"x","__proto__":{"a":1}}' },
      422,
      'invalid',
      '/__proto__',
    ],
    'a wrong type': [
      { body: json(submission({ location: { longitude: '3', latitude: 51 } })) },
      422,
      'invalid',
      '/location/longitude',
    ],
    'what OSLO does not take': [
      { body: json(submission({ description: 'x\u0000' })) },
      422,
      'invalid',
      '/description',
    ],
    'a number of a person as its id': [
      { body: json(submission({ id: inszOf(9) })) },
      422,
      'personal-data-in-attribute',
      '/id',
    ],
    'a number of nobody': [
      { body: json(submission({ reporter: { insz: '85640100100' } })) },
      422,
      'invalid',
      '/reporter/insz',
    ],
    'next year': [
      { body: json(submission({ submittedAt: '2099-01-01T00:00:00Z' })) },
      422,
      'time-implausible',
      '/submittedAt',
    ],
    'a form without boundary': [
      { body: 'x', headers: { 'content-type': 'multipart/form-data' } },
      400,
      'envelope-invalid',
    ],
    'a form that is none': [{ body: 'x', headers: formHeaders }, 400, 'envelope-invalid'],
    'a form without melding': [{ body: formOf(photo), headers: formHeaders }, 422, 'invalid', ''],
    'a form with another field': [
      attached(submission(), { name: 'x', content: 'y' }),
      422,
      'invalid',
    ],
    'a form that is not UTF-8': [
      {
        body: formOf({ name: 'melding', content: Buffer.from([0x22, 0xe9, 0x22]) }),
        headers: formHeaders,
      },
      400,
      'not-json',
    ],
    'too many files': [attached(submission(), photo, photo, photo), 413, 'too-large'],
    'too large a file': [
      attached(submission(), { ...photo, content: Buffer.alloc(100_001) }),
      413,
      'too-large',
    ],
    'a file of another kind': [
      attached(submission(), { ...photo, type: 'text/html' }),
      415,
      'unsupported-media',
    ],
  };
  it.each(Object.entries(wrong))(
    'is refused with its reason: %s',
    async (_name, [options, status, code, pointer]) => {
      const reply = await door.submit(options);
      expect(reply).toMatchObject({ status, json: { code } });
      expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      if (pointer !== undefined) expect(reply.json['errors']).toMatchObject([{ pointer }]);
    },
  );

  it('has not entered, whatever was wrong with it', async () => {
    expect(await entered()).toBe(before);
  });

  it('is not entered half: a form that stops coming is answered 408, one that is cut is forgotten', async () => {
    const form = Buffer.from(attached(submission(), photo).body as Uint8Array);
    const head =
      `POST /mbp/aalter/v1/melding HTTP/1.1\r\nhost: x\r\nauthorization: Bearer meldingen\r\n` +
      `content-type: ${formHeaders['content-type']}\r\ncontent-length: ${form.length}\r\n\r\n`;
    const half = Buffer.concat([Buffer.from(head), form.subarray(0, form.length - 20)]);
    expect(await write(door.gateway.url, half)).toMatch(/^HTTP\/1.1 408 /);
    await writeAndLeave(door.gateway.url, half);
    expect((await door.submit({ body: json(submission()) })).status).toBe(202);
    expect(await entered()).toBe(before + 1);
  });

  it('counts among what was refused, by tenant and code', async () => {
    const metrics = await (await fetch(`${door.gateway.internalUrl}/metrics`)).text();
    expect(metrics).toMatch(
      /lbbus_messages_refused_total\{tenant="aalter",code="unsupported-media"\} [1-9]/,
    );
  });
});
