import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { json, structured } from '#infra/testing/bad-input/shape.js';
import { call } from '#infra/testing/caller.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import type { openApi } from './documents/openapi.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ tenants });
}, 60_000);
afterAll(() => gateway.end());

describe('the language and the documents', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    call(`${gateway.url}${path}`, { headers });

  it('are open to everybody, kept by caches and asked for by pages of any origin', async () => {
    const reply = await get('/v1/types');
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    expect(reply.headers.get('cache-control')).toMatch(/^public/);
    const etag = reply.headers.get('etag') ?? '';
    expect((await get('/v1/types', { 'if-none-match': etag })).status).toBe(304);
    const types = reply.json['types'] as { links: Record<string, string> }[];
    expect(types).toContainEqual(
      expect.objectContaining({
        type: 'be.lbbus.melding.ingediend.v1',
        kind: 'event',
        personal: true,
      }),
    );
    for (const path of types.flatMap(({ links }) => Object.values(links)))
      expect({ path, status: (await get(path)).status }).toEqual({ path, status: 200 });
    expect((await get('/v1/codelists/MeldingStatuswaarde')).json['concepts']).toBeTruthy();
    for (const path of ['/v1/types/x', '/v1/contexts/x/v1.jsonld', '/v1/codelists/..%2fx'])
      expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 });
  });

  it('document every address, and every documented address is there', async () => {
    const document = (await get('/v1/openapi.json')).json as ReturnType<typeof openApi>;
    expect(document.openapi).toBe('3.1.0');
    for (const [template, item] of Object.entries(document.paths))
      for (const method of ['get', 'post'].filter((name) => name in item)) {
        const path = template.replaceAll(/\{\w+\}/g, 'x');
        const body = method === 'post' ? { body: '' } : {};
        const reply = await call(`${gateway.url}${path}`, {
          method: method.toUpperCase(),
          ...body,
        });
        const operation = (item as Record<string, { responses: object; security?: object[] }>)[
          method
        ];
        expect({ path, documented: String(reply.status) in (operation?.responses ?? {}) }).toEqual({
          path,
          documented: true,
        });
        expect({ path, closed: reply.status === 401 }).toEqual({
          path,
          closed: operation?.security === undefined,
        });
      }
    expect((await get('/v1/asyncapi.json')).json['asyncapi']).toBe('3.0.0');
  });

  it.each(['openapi', 'asyncapi'])(
    'point only to what stands in the document itself: %s',
    async (name) => {
      const document: unknown = (await get(`/v1/${name}.json`)).json;
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
      const at = (pointer: string): unknown =>
        pointer
          .split('/')
          .slice(1)
          .map((part) => part.replaceAll('~1', '/'))
          .reduce<unknown>((place, part) => Reflect.get(Object(place) as object, part), document);
      expect(references.length).toBeGreaterThan(20);
      const broken = references.map(([, to = '']) => to).filter((to) => at(to) === undefined);
      expect(broken).toEqual([]);
    },
  );

  it('describe what is really said', async () => {
    const document = (await get('/v1/openapi.json')).json as ReturnType<typeof openApi>;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'openapi');
    const is = (name: string, value: unknown): boolean =>
      ajv.validate({ $ref: `openapi#/components/schemas/${name}` }, value);
    const sent = await call(`${gateway.url}/v1/messages`, {
      key,
      headers: structured,
      body: json(meldingEvent()),
    });
    const refused = await call(`${gateway.url}/v1/messages`, {
      key,
      headers: structured,
      body: '{}',
    });
    expect(is('Accepted', sent.json)).toBe(true);
    expect(is('Problem', refused.json)).toBe(true);
    expect(is('Accepted', refused.json)).toBe(false);
    expect(is('Event', meldingEvent())).toBe(true);
    expect(is('Event', meldingEvent({ data: { ...meldingData(), kleur: 'groen' } }))).toBe(false);
  });

  it('are read in a page that takes everything from here', async () => {
    const page = await get('/docs');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      expect(file).not.toMatch(/^(?:https?:)?\/\//);
      expect({ file, status: (await get(`/${file}`)).status }).toEqual({ file, status: 200 });
    }
    expect((await get('/docs/package.json')).status).toBe(404);
  });
});
