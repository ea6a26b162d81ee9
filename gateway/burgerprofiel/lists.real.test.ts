import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { burgerprofielDoor } from '#infra/testing/burgerprofiel/door.js';
import { write } from '#infra/testing/caller.js';
import { answerNext, questionStates } from '#infra/testing/burgerprofiel/backoffice.js';
import { inszOf } from '#infra/testing/question.js';

const insz = inszOf(17);
let logged = '';
const keep = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    logged += chunk.toString();
    done();
  },
});
const door = burgerprofielDoor(pino({ level: 'trace' }, keep));

const certificates = (query = '', of = insz): string => `aalter/v1/certificates/${of}${query}`;
const attest = (id: string, taal: string): object => ({
  '@type': 'Attest',
  identificator: [{ '@type': 'Identificator', identificator: id }],
  taal,
  titel: `Attest ${id}`,
  webpagina: `https://loket.aalter.example/${id}`,
});
const seen: string[] = [];
/** Asks for a page while the back office answers. */
const page = async (query: string, attesten: readonly object[]) => {
  const answered = answerNext(door.gateway, attesten);
  const reply = await door.get(certificates(query), 'attesten');
  seen.push(JSON.stringify([reply.text, [...reply.headers]]), JSON.stringify(await answered));
  return reply;
};

describe('the attesten of a person', () => {
  it('are listed by id and language, each once, a page at a time, as HAL', async () => {
    const all = [attest('B', 'nl'), attest('A', 'nl'), attest('A', 'fr'), attest('B', 'nl')];
    const reply = await page('?limit=2&page=0', all);
    expect(reply.headers.get('content-type')).toMatch(/^application\/hal\+json/);
    expect(reply.json).toEqual({
      _links: {
        self: { href: '?limit=2&page=0' },
        first: { href: '?limit=2&page=0' },
        next: { href: '?limit=2&page=1' },
        last: { href: '?limit=2&page=1' },
      },
      _embedded: {
        certificates: ['fr', 'nl'].map((language) => ({
          id: 'A',
          language,
          title: 'Attest A',
          _links: { certificate: { href: 'https://loket.aalter.example/A' } },
        })),
      },
      _pageMetadata: { size: 2, number: 0, totalElements: 3, totalPages: 2 },
    });
    const second = await page('?limit=2&page=1', all);
    expect(second.json['_embedded']).toMatchObject({ certificates: [{ id: 'B' }] });
  });

  it('are an empty list where there are none, and beyond the last page', async () => {
    for (const [query, attesten] of [
      ['', []],
      ['?page=999999999&limit=100', [attest('A', 'nl')]],
    ] as const) {
      const reply = await page(query, attesten);
      expect(reply).toMatchObject({ status: 200, json: { _embedded: { certificates: [] } } });
    }
  });

  it('are not said to be none where nobody answers in time: 503, and the question is cancelled', async () => {
    const path = `lede/v1/certificates/${insz}`;
    const reply = await door.get(path, 'attesten', { 'accept-language': 'en' });
    expect(reply).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(reply.json['detail']).toContain('does not answer in time');
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await questionStates(door.gateway, 'lede')).toEqual(['cancelled']);
  });

  it.each([
    ['?limit=-1', insz],
    ['?limit=0', insz],
    ['?limit=101', insz],
    ['?limit=1e3', insz],
    ['?limit=1&limit=2', insz],
    ['?page=-1', insz],
    ['?page=99999999999', insz],
    ['?sort=x', insz],
    ['', '85640100100'],
    ['', `${insz}0`],
    ['', ` ${insz}`],
    ['', '%2e%2e%2fmelding'],
    ['', "1'or'1"],
    ['', '%00'],
    ['', '١٢٣٤٥٦٧٨٩٠١'],
  ])('are not looked up for what is no page or no person: %s %s', async (query, of) => {
    const reply = await door.get(certificates(query, of), 'attesten');
    expect(reply).toMatchObject({ status: 400, json: { code: 'bad-query' } });
    seen.push(reply.text);
  });

  it('never let the number of the person into a log, a metric, a header, a link or a problem', async () => {
    const path = `/mbp/aalter/v1/certificates/${insz}`;
    const wrong = [
      `GET ${path}/x HTTP/1.1\r\nhost: x`,
      `GET ${path}%zz HTTP/1.1\r\nhost: x`,
      `GET ${path}?page=%zz HTTP/1.1\r\nhost: x`,
      `GET /mbp/nergens/v1/certificates/${insz} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer forms`,
      `DELETE ${path} HTTP/1.1\r\nhost: x`,
      `GET ${path} HTTP/9\r\nhost: x`,
      `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer vreemd`,
    ];
    for (const request of wrong)
      seen.push(await write(door.gateway.url, `${request}\r\nconnection: close\r\n\r\n`));
    seen.push(await (await fetch(`${door.gateway.internalUrl}/metrics`)).text());
    expect(logged).toContain('/mbp/:tenant/v1/certificates/:ssn');
    for (const text of [logged, ...seen]) expect(text).not.toContain(insz);
  });
});

describe('the forms of a tenant', () => {
  it('are listed as HAL, a page at a time', async () => {
    const reply = await door.get('aalter/api/v1/forms?limit=1&offset=1', 'forms');
    expect(reply.json).toEqual({
      limit: 1,
      offset: 1,
      total: 3,
      _links: {
        self: { href: '?limit=1&offset=1' },
        prev: { href: '?limit=1&offset=0' },
        next: { href: '?limit=1&offset=2' },
      },
      _embedded: {
        forms: [
          {
            id: 'form-2',
            productId: '2',
            sso: { audience: 'https://formulieren.example' },
            _links: {
              embed: {
                href: 'https://formulieren.example/2?token={TEMP_SSO_TOKEN}',
                templated: true,
              },
              fallback: { href: 'https://formulieren.example/2' },
              ssoTokenRegistrationApi: { href: 'https://formulieren.example/sso' },
              thirdPartyCookieApi: { href: 'https://formulieren.example/cookie' },
            },
          },
        ],
      },
    });
  });

  it.each(['?limit=-1', '?limit=x', '?offset=-1', '?page=1', '?limit=1&limit=1'])(
    'are not listed for %s',
    async (query) => {
      expect((await door.get(`aalter/api/v1/forms${query}`, 'forms')).status).toBe(400);
    },
  );

  it('[postgres-down] are there while PostgreSQL is away, and so is the configuration', async () => {
    door.gateway.databaseLine.cut();
    expect((await door.get('aalter/api/v1/forms', 'forms')).status).toBe(200);
    expect((await door.get('aalter/v1/melding/configuration', 'meldingen')).status).toBe(200);
    expect((await door.get(certificates(), 'attesten')).status).toBe(503);
    door.gateway.databaseLine.join();
  });
});
