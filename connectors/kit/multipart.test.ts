import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundaryOf, multipart, readMultipart } from './multipart.js';
import type { Part } from './multipart.js';

const partsOf = (boundary: string, text = ''): Part[] => readMultipart(boundary, text) ?? [];

const part = (type: string, body: string): string => `Content-Type: ${type}\r\n\r\n${body}`;

describe('a multipart body', () => {
  it('is read as the Web API writes it, nested, with either kind of line end', () => {
    const answer = [
      '--batchresponse_f2',
      'Content-Type: multipart/mixed; boundary=changesetresponse_64',
      '',
      '--changesetresponse_64',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      'Content-ID: 1',
      '',
      'HTTP/1.1 204 No Content',
      'OData-Version: 4.0',
      '',
      '',
      '--changesetresponse_64--',
      '--batchresponse_f2',
      'Content-Type: application/http',
      '',
      'HTTP/1.1 200 OK',
      '',
      '{"value":[]}',
      '--batchresponse_f2--',
      '',
    ];
    for (const end of ['\n', '\r\n']) {
      const [first, second, more] = partsOf('batchresponse_f2', answer.join(end));
      const boundary = boundaryOf(first?.headers['content-type']);
      const [inner] = partsOf('changesetresponse_64', first?.body);
      expect([boundary, more]).toEqual(['changesetresponse_64', undefined]);
      expect(inner?.headers).toMatchObject({ 'content-id': '1' });
      expect(inner?.body).toMatch(/^HTTP\/1\.1 204/);
      expect(second?.body).toMatch(/\{"value":\[\]\}$/);
    }
  });

  it('is read back as it was written, whatever the parts say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
        (texts) => {
          const json = texts.map((text) => JSON.stringify({ text }));
          const body = multipart(
            'batch_1',
            json.map((text) => part('application/json', text)),
          );
          expect(readMultipart('batch_1', body)?.map((one) => one.body)).toEqual(json);
        },
      ),
    );
  });

  it('that is cut off, or is none, is not read', () => {
    const whole = multipart('b', [part('text/plain', 'x'), part('text/plain', 'y')]);
    expect(readMultipart('b', whole)).toHaveLength(2);
    expect(readMultipart('b', whole.slice(0, -6))).toBeNull();
    expect(readMultipart('b', '<html></html>')).toBeNull();
    expect(readMultipart('b', '')).toBeNull();
  });

  it.each([
    ['multipart/mixed; boundary=abc', 'abc'],
    ['multipart/mixed;boundary="a b c"', 'a b c'],
    ['Multipart/Mixed; charset=utf-8; boundary=abc; x=y', 'abc'],
    ['application/json', null],
    ['multipart/mixed', null],
    [undefined, null],
  ])('has in %s the boundary %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });
});
