import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk } from '../testing.js';
import type { Desk } from '../testing.js';
import { anonymousContact } from './state.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.simulator.close());

const customer = { 'customerid_contact@odata.bind': `/contacts(${anonymousContact})` };
const least = { title: 'Put', ...customer };
const errorIn = (json: Readonly<Record<string, unknown>>): { code: string; message: string } =>
  json['error'] as { code: string; message: string };
const addressIn = (headers: Headers): string =>
  new URL(headers.get('odata-entityid') ?? 'none:').pathname.split('/v9.2')[1] ?? '';
const make = async (json: unknown = least): Promise<string> =>
  addressIn((await desk.ask('POST', '/incidents', { json })).headers);

describe('the Web API', () => {
  it.each<[string, { headers?: Record<string, string> }, number]>([
    ['without a token', { headers: { authorization: 'Bearer x' } }, 401],
    ['without the version of OData', { headers: { 'odata-version': '3.0' } }, 400],
    ['without Accept', { headers: { accept: 'text/html' } }, 400],
  ])('refuses a request %s', async (_what, asking, status) => {
    expect((await desk.ask('GET', '/WhoAmI', asking)).status).toBe(status);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a title that is too long', { title: 'x'.repeat(201) }, '0x80044331', "length of '200'"],
    ['a column that does not exist', { lb_x: 1 }, '0x80048d19', "Invalid property 'lb_x'"],
    ['a column of its own', { ticketnumber: 'x' }, '0x80048d19', 'ticketnumber'],
    ['a state at once', { statecode: 1 }, '0x80048408', 'state'],
    [
      'a status reason of another state',
      { statuscode: 5 },
      '0x80048408',
      'not a valid status code',
    ],
    ['a value of another type', { prioritycode: 'hoog' }, '0x80048d19', 'prioritycode'],
    ['a choice that is none', { prioritycode: 4 }, '0x8004431a', 'outside the valid range'],
    ['a control character', { title: 'a\u0007b' }, '0x80040278', 'Invalid character'],
    ['no title', { title: '' }, '0x80040203', "'title' is missing"],
    [
      'a customer by a name that does not exist',
      { 'customerid@odata.bind': '/contacts(x)' },
      '0x80048d19',
      'customerid',
    ],
  ])('refuses an incident with %s', async (_what, changes, code, says) => {
    const { status, json } = await desk.ask('POST', '/incidents', {
      json: { ...least, ...changes },
    });
    expect(status).toBe(400);
    expect(errorIn(json).code).toBe(code);
    expect(errorIn(json).message).toContain(says);
  });

  it('refuses an incident without customer', async () => {
    const { json } = await desk.ask('POST', '/incidents', { json: { title: 'Put' } });
    expect(errorIn(json).message).toBe('You should specify a parent contact or account.');
  });

  it('answers 204 with OData-EntityId, and 201 or 200 with the row where that is preferred', async () => {
    const made = await desk.ask('POST', '/incidents', { json: least });
    expect([made.status, made.text]).toEqual([204, '']);
    const headers = { prefer: 'return=representation' };
    const shown = await desk.ask('POST', '/incidents', { json: least, headers });
    expect([shown.status, shown.headers.get('odata-entityid')]).toEqual([201, null]);
    expect(shown.json['@odata.etag']).toMatch(/^W\/"\d+"$/);
    const changed = await desk.ask('PATCH', addressIn(made.headers), {
      json: { title: 'x' },
      headers,
    });
    expect([changed.status, changed.json['title']]).toEqual([200, 'x']);
  });

  it('upserts by alternate key, under conditions', async () => {
    const path = "/incidents(lb_externalid='LB-1')";
    const patch = (headers: Record<string, string> = {}, json: unknown = least) =>
      desk.ask('PATCH', path, { json, headers });
    expect((await patch({ 'if-match': '*' })).status).toBe(404);
    const preferring = { prefer: 'return=representation', 'if-none-match': '*' };
    expect((await patch(preferring)).status).toBe(201);
    const again = await patch(preferring);
    expect([again.status, errorIn(again.json)]).toEqual([
      412,
      { code: '', message: 'A record with matching key values already exists.' },
    ]);
    const { json } = await desk.ask('GET', `${path}?$select=title`);
    const etag = String(json['@odata.etag']);
    expect((await patch({ 'if-match': etag }, { title: 'y' })).status).toBe(204);
    expect((await patch({ 'if-match': etag }, { title: 'z' })).status).toBe(412);
    expect((await desk.ask('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(200);
    expect((await patch({}, { lb_externalid: 'LB-1' })).status).toBe(400);
  });

  it.each([
    ["/incidents(title='x')", 'is not valid for resource'],
    ["/incidents(lb_externalid='a%2Fb')", 'query syntax'],
    ["/incidents(lb_externalid='a%2Bb')", 'query syntax'],
  ])('does not take %s for a key', async (path, says) => {
    const { status, json } = await desk.ask('PATCH', path, { json: least });
    expect(status).toBe(400);
    expect(errorIn(json).message).toContain(says);
  });

  it('refuses a second row with the same alternate key', async () => {
    await make({ ...least, lb_externalid: 'LB-2' });
    const { status, json } = await desk.ask('POST', '/incidents', {
      json: { ...least, lb_externalid: 'LB-2' },
    });
    expect([status, errorIn(json).code]).toEqual([412, '0x80060892']);
  });

  it('keeps the description of a resolved incident as it is', async () => {
    const path = await make();
    await desk.ask('PATCH', path, { json: { statecode: 1, statuscode: 5 } });
    expect((await desk.ask('PATCH', path, { json: { description: 'x' } })).status).toBe(400);
  });

  it.each([
    ['$filter', "$filter=title eq 'x'"],
    ['$orderby', '$orderby=createdon asc'],
    ['$top', '$top=1'],
  ])('tracks no changes together with %s', async (name, query) => {
    const headers = { prefer: 'odata.track-changes' };
    const { status, json } = await desk.ask('GET', `/incidents?${query}`, { headers });
    expect(status).toBe(400);
    expect(errorIn(json).message).toBe(
      `The "${name}" query parameter isn't supported when Change Tracking is enabled.`,
    );
  });

  it('pages, and forgets to track where the preference is not sent again', async () => {
    await make();
    await make();
    const prefer = 'odata.track-changes,odata.maxpagesize=1';
    const first = await desk.ask('GET', '/incidents?$select=title', { headers: { prefer } });
    const next = new URL(String(first.json['@odata.nextLink']));
    expect(first.json['value']).toHaveLength(1);
    const rest = await desk.ask('GET', `/incidents${next.search}`);
    expect([rest.json['@odata.nextLink'], rest.json['@odata.deltaLink']]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('takes no file that is blocked, no base64, or too large', async () => {
    const path = await make();
    for (const file of [
      { filename: 'x.exe', documentbody: 'Zm90bw==' },
      { filename: 'x.jpg', documentbody: 'geen base64!' },
      { filename: 'x.jpg', documentbody: 'A'.repeat(5_242_884) },
    ]) {
      const json = { subject: 'x', 'objectid_incident@odata.bind': path, ...file };
      expect((await desk.ask('POST', '/annotations', { json })).status).toBe(400);
    }
  });

  it.each([
    ['/nothing', 404],
    ['/incidents(5f0c1234-5678-4123-9012-123456789012)', 404],
    ['/incidents?$select=lb_x', 400],
    ['/incidents?$expand=x', 400],
    ["/EntityDefinitions(LogicalName='x')", 404],
  ])('does not know %s', async (path, status) => {
    expect((await desk.ask('GET', path)).status).toBe(status);
  });
});
