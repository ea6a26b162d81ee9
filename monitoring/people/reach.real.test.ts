import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tellStory, watchedEnvelope } from '#infra/testing/watch-story.js';
import { openWatch, tokenOf, type Asking, type Watch } from '#infra/testing/watch.js';
import { tell } from '../problems/tell.js';
import type { Role } from './rights.js';

const reason = 'Vraag 2026-114 van de gemeente';
const trace = `/admin/v1/messages/aalter/${watchedEnvelope.id}`;

describe('what somebody may not do', () => {
  let watch: Watch;

  beforeAll(async () => {
    watch = await openWatch();
    await tellStory(watch);
  });
  afterAll(async () => {
    await watch.end();
  });

  const answers = async (role: Role, path: string, asking: Asking = {}) => {
    const { status, text } = await watch.ask(path, { ...asking, as: tokenOf(role) });
    return [status, text === '' ? null : (JSON.parse(text) as unknown)] as const;
  };
  const post = (body: object): Asking => ({ method: 'POST', body });

  it.each<[Role, string, Asking, string]>([
    ['reader', '/admin/v1/holds/aalter/topdesk', post({ reason }), 'act'],
    ['reader', `${trace}/readings`, post({ reason }), 'read-body'],
    [
      'reader',
      '/admin/v1/orders',
      post({ act: 'replay', selection: { tenant: 'aalter' }, reason }),
      'act',
    ],
    ['privacy-officer', '/admin/v1/holds/aalter/topdesk', post({ reason }), 'act'],
    ['operator', `${trace}/readings`, post({ reason }), 'read-body'],
    ['operator', '/admin/v1/consultations/readings', post({}), 'register'],
    ['board', '/admin/v1/messages', {}, 'see'],
    ['board', trace, {}, 'see'],
    ['board', '/admin/v1/parked', {}, 'see'],
  ])('refuses the %s at %s and names the right', async (role, path, asking, right) => {
    expect(await answers(role, path, asking)).toEqual([
      403,
      expect.objectContaining({
        code: 'forbidden',
        title: 'Dit mag u niet',
        detail: `Dit vraagt het recht "${right}", dat ${role} niet heeft.`,
      }),
    ]);
  });

  it.each<[string, Asking]>([
    [trace, {}],
    [`${trace}/readings`, post({ reason })],
    ['/admin/v1/messages?tenant=aalter', {}],
    ['/admin/v1/parked?tenant=aalter', {}],
    ['/admin/v1/holds/aalter/topdesk', post({ reason })],
  ])('answers another tenant as if it was not there at %s', async (path, asking) => {
    expect(await answers('tenant-administrator', path, asking)).toEqual([
      404,
      expect.objectContaining({ detail: 'Er is geen bestuur aalter.' }),
    ]);
  });

  it.each([
    ['en', 'This needs the right "see", which board does not have.'],
    ['fr-BE, nl;q=0.5', 'Ceci demande le droit « see », que board n’a pas.'],
  ])('says so to whoever reads %s in her language', async (language, detail) => {
    expect(await answers('board', trace, { language })).toMatchObject([403, { detail }]);
    const wrong = { act: 'replay', selection: { tenant: 'aalter' }, reason: '', colour: 1 };
    const [, { errors, detail: of }] = (await answers('operator', '/admin/v1/orders', {
      ...post(wrong),
      language,
    })) as unknown as [number, { errors: object[]; detail: string }];
    const reader = language.slice(0, 2) as 'en' | 'fr';
    expect(of).toBe(tell('request-wrong')(reader));
    expect(errors).toEqual([
      {
        pointer: '/colour',
        code: 'unknown-property',
        detail: tell('rule.whitelistValidation')(reader),
      },
      {
        pointer: '/reason',
        code: 'length',
        detail: tell('rule.isLength', { limit: '3 – 500' })(reader),
      },
    ]);
  });

  it('finds nothing of another tenant in what goes over all of them', async () => {
    const mine = (path: string, asking?: Asking) =>
      answers('tenant-administrator', `/admin/v1/${path}`, asking);
    expect(await mine('tenants')).toMatchObject([200, { tenants: [{ id: 'beringen' }] }]);
    expect(await mine('messages')).toMatchObject([200, { messages: [], next: null }]);
    expect(await mine('messages/searches', post({ text: watchedEnvelope.id }))).toMatchObject([
      200,
      { messages: [], next: null },
    ]);
    expect(await mine('holds')).toEqual([200, { holds: [] }]);
    expect(await mine('parked')).toEqual([200, { groups: [] }]);
    expect(await mine('parked/messages')).toEqual([200, { messages: [], next: null }]);
    const replay = (selection: object) =>
      mine('orders', post({ act: 'replay', selection, reason }));
    expect(await replay({ messages: [watchedEnvelope.id] })).toMatchObject([404, {}]);
    expect(await replay({})).toMatchObject([400, {}]);
    expect(await answers('reader', '/admin/v1/messages')).toMatchObject([
      200,
      { messages: [{ tenant: 'aalter' }] },
    ]);
  });
});
