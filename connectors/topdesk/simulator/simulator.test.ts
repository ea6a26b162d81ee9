import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quoted } from '../client.js';
import { openDesk } from '../testing.js';
import type { Desk } from '../testing.js';
import { FiqlError, parseFiql } from './fiql.js';
import { matches } from './matching.js';
import type { StoredIncident } from './state.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.simulator.close());

const least = { briefDescription: 'Put', caller: { dynamicName: 'An' } };

const messageOf = (json: unknown): string => (json as { message: string }[])[0]?.message ?? '';

describe('FIQL', () => {
  const incident = {
    id: '1',
    number: 'I 1',
    externalNumber: "it's",
    status: 'firstLine',
    briefDescription: 'Put',
    closed: false,
    request: 'Diepe put',
    modificationDate: '2026-03-02T08:00:00Z',
    processingStatus: { id: 'x', name: 'In behandeling' },
    category: null,
  } as unknown as StoredIncident;

  it.each([
    // `;` binds first: (closed and number) or status
    ["closed==true;number=='I 1',status==firstLine", true],
    ["closed==true;(number=='I 1',status==firstLine)", false],
    ['status==firstLine,closed==true;closed==true', true],
    ['(status==firstLine,closed==true);closed==true', false],
    ["externalNumber=='it\\'s'", true],
    ['externalNumber=="it\'s"', true],
    ["externalNumber=in=('a',\"it's\")", true],
    ['externalNumber=out=(a,b)', true],
    ['modificationDate=ge=2026-03-02T08:00:00Z', true],
    ['modificationDate=gt=2026-03-02T08:00:00Z', false],
    ['modificationDate=lt=2026-03-02T09:00:00+0100', false],
    ['category.name==null', true],
    ['processingStatus.name!=null', true],
    ['request=sw=Diepe', true],
  ])('%s is %p', (query, expected) => {
    expect(matches(parseFiql(query), incident)).toBe(expected);
  });

  it.each([
    'number',
    'number==',
    "number=='a",
    'number=like=a',
    'nothing==a',
    "request=='a'",
    'closed==maybe',
    'modificationDate=ge=yesterday',
    'number=gt=3',
    '(number==a',
    'number==a;',
    'number==a b',
  ])('%s is refused', (query) => {
    expect(() => matches(parseFiql(query), incident)).toThrow(FiqlError);
  });
});

describe('a quoted value', () => {
  it('is nothing but that value, whatever it holds', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['"\\\\;,()=!]+$/));
    fc.assert(
      fc.property(text, (value) => {
        const { kind, parts } = parseFiql(`externalNumber==${quoted(value)}`) as {
          kind: string;
          parts: unknown[];
        };
        expect(kind).toBe('or');
        expect(parts).toEqual([
          {
            kind: 'and',
            parts: [
              {
                kind: 'comparison',
                field: 'externalNumber',
                operator: '==',
                values: [{ text: value, quoted: true }],
              },
            ],
          },
        ]);
      }),
      { seed: 7 },
    );
  });
});

describe('the simulated TOPdesk', () => {
  it.each([
    ['a field that does not exist', { ...least, colour: 'red' }, 400],
    ['a nested field that does not exist', { ...least, caller: { name: 'An' } }, 400],
    ['a brief description of 81', { ...least, briefDescription: 'x'.repeat(81) }, 400],
    ['an external number of 61', { ...least, externalNumber: 'x'.repeat(61) }, 400],
    ['a caller name of 110', { caller: { dynamicName: 'x'.repeat(110) } }, 400],
    ['a telephone number of 26', { caller: { phoneNumber: '0'.repeat(26) } }, 400],
    [
      'both id and name',
      { ...least, category: { id: '5f0c1234-5678-4123-9012-123456789012', name: 'Groen' } },
      400,
    ],
    ['an unknown name', { ...least, category: { name: 'Onbekend' } }, 400],
    ['an unknown id', { ...least, category: { id: '5f0c1234-5678-4123-9012-123456789012' } }, 404],
    ['an id that is no UUID', { ...least, category: { id: '1' } }, 400],
    [
      'a subcategory of another category',
      { ...least, category: { name: 'Groen' }, subcategory: { name: 'Wegdek' } },
      400,
    ],
    ['an ambiguous subcategory', { ...least, subcategory: { name: 'Andere' } }, 400],
    ['an unknown caller', { callerLookup: { email: 'niemand@example.org' } }, 400],
    ['a person who is no caller', { callerLookup: { email: 'archief@gemeente.example' } }, 400],
    ['an empty caller lookup', { callerLookup: {} }, 400],
    [
      'a registered and an unregistered caller',
      { callerLookup: { email: 'balie@gemeente.example' }, caller: { dynamicName: 'An' } },
      400,
    ],
    ['a partial without main incident', { ...least, status: 'partial' }, 400],
    ['a mistyped boolean', { ...least, closed: 'true' }, 400],
    ['a wrong date', { ...least, targetDate: '2026-03-02' }, 400],
    ['feedback on an open incident', { ...least, feedbackRating: 3 }, 400],
    ['a call date', { ...least, callDate: '2026-03-02T08:00:00Z' }, 400],
  ])('refuses %s', async (_what, body, status) => {
    const before = desk.simulator.effects('aalter').length;
    const answer = await desk.ask('POST', '/incidents', body);
    expect(answer.status).toBe(status);
    expect(messageOf(answer.json)).not.toBe('');
    expect(desk.simulator.effects('aalter')).toHaveLength(before);
  });

  it('takes what lies just within the limits, and fills in the category', async () => {
    const body = {
      ...least,
      briefDescription: 'x'.repeat(80),
      externalNumber: 'x'.repeat(60),
      subcategory: { name: 'Wegdek' },
    };
    const { status, json } = await desk.ask('POST', '/incidents', body);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      status: 'firstLine',
      category: { name: 'Openbaar domein' },
      processingStatus: { name: 'Geregistreerd' },
    });
    const { creationDate } = json as { creationDate: string };
    expect(creationDate).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000\+0000$/);
  });

  it('pages with 206 and a link, ends with 200, and says 204 where nothing is', async () => {
    for (let n = 0; n < 3; n += 1)
      await desk.ask('POST', '/incidents', { ...least, externalNumber: 'pages' });
    const first = await desk.ask(
      'GET',
      "/incidents?query=externalNumber=='pages'&pageSize=2&dateFormat=iso8601",
    );
    expect([first.status, (first.json as unknown[]).length]).toEqual([206, 2]);
    const next = new URL(first.headers.get('x-next-page-url') ?? '');
    const second = await desk.ask('GET', `/incidents${next.search}`);
    expect([second.status, (second.json as unknown[]).length]).toEqual([200, 1]);
    const nothing = await desk.ask('GET', "/incidents?query=externalNumber=='none'");
    expect([nothing.status, nothing.json]).toEqual([204, null]);
  });

  it.each([
    '?closed=false',
    '?pageSize=0',
    '?pageSize=10001',
    '?pageStart=-1',
    '?sort=action:asc',
    '?sort=number:up',
    '?query=x',
    '?dateFormat=short',
  ])('refuses the list parameters %s', async (query) => {
    expect((await desk.ask('GET', `/incidents${query}`)).status).toBe(400);
  });

  it('gives no actions unless a page size is asked for', async () => {
    const { json } = await desk.ask('POST', '/incidents', { ...least, action: 'Eerste' });
    const { id } = json as { id: string };
    expect((await desk.ask('GET', `/incidents/id/${id}/actions`)).status).toBe(204);
    expect((await desk.ask('GET', `/incidents/id/${id}/actions?page_size=100`)).json).toHaveLength(
      1,
    );
    expect((await desk.ask('GET', `/incidents/id/${id}/actions?page_size=101`)).status).toBe(400);
  });

  it('answers 404 for an incident that does not exist, 400 for an id that is none, 403 without the right', async () => {
    const path = '/incidents/id/5f0c1234-5678-4123-9012-123456789012';
    expect((await desk.ask('GET', path)).status).toBe(404);
    expect((await desk.ask('GET', '/incidents/id/17')).status).toBe(400);
    desk.drive('setPermission', { mayWrite: false });
    expect((await desk.ask('POST', '/incidents', least)).status).toBe(403);
    desk.drive('setPermission', { mayWrite: true });
  });

  it('knows only the account that the path names', async () => {
    const url = `${desk.simulator.baseUrl('aalter')}/tas/api/version`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url.replace('/aalter/', '/balen/'))).status).toBe(404);
  });
});
