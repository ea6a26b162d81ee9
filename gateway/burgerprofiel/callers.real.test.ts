import { describe, expect, it } from '@jest/globals';
import { json } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { burgerprofielDoor } from '#infra/testing/burgerprofiel/door.js';
import { tokenOf } from '#infra/testing/burgerprofiel/issuer.js';
import { submission } from '#infra/testing/burgerprofiel/submission.js';

const door = burgerprofielDoor();

const seconds = (ahead: number): number => Math.floor(Date.now() / 1000) + ahead;
const forms = 'aalter/api/v1/forms';

describe('who calls on behalf of Mijn Burgerprofiel', () => {
  it('is asked about once, however many calls come with its token at the same time', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => door.get(forms, 'forms')));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    expect(door.acm.asked.filter((token) => token === 'forms')).toHaveLength(1);
  });

  it.each([
    ['no token', '', forms, 401],
    ['a token that its issuer does not know', 'vreemd', forms, 401],
    ['an API key of the tenant itself', 'lb_aalter_meldpunt', forms, 401],
    ['the scope of another interface', 'meldingen', forms, 403],
    ['the client of another tenant', 'forms', 'beringen/v1/melding/configuration', 403],
    ['a tenant that offers something else', 'forms', 'beringen/api/v1/forms', 404],
    ['a tenant that is none', 'forms', '__proto__/api/v1/forms', 404],
    ['a tenant with a path in it', 'forms', '..%2f..%2fadmin/api/v1/forms', 404],
  ])('is not let in with %s', async (_what, token, path, status) => {
    expect((await door.get(path, token)).status).toBe(status);
  });

  it('hears which scope is missing', async () => {
    const reply = await door.get(forms, 'meldingen', { 'accept-language': 'en' });
    expect(reply.headers.get('www-authenticate')).toBe(
      'Bearer realm="lb-bus", error="insufficient_scope", scope="mbp_forms"',
    );
    expect(reply.json).toMatchObject({
      code: 'forbidden',
      detail: 'This token does not have the scope mbp_forms.',
    });
  });

  it.each([
    ['has expired', () => tokenOf('mbp_forms', { exp: seconds(-60) }), 401],
    ['expired by a clock a little behind', () => tokenOf('mbp_forms', { exp: seconds(-5) }), 200],
    ['is for another audience', () => tokenOf('mbp_forms', { aud: 'urn:elders' }), 401],
    ['is for nobody in particular', () => tokenOf('mbp_forms', { aud: undefined }), 401],
    ['is of another issuer', () => tokenOf('mbp_forms', { iss: 'https://elders.example' }), 401],
    ['is of another client', () => tokenOf('mbp_forms', { client_id: 'ander' }), 403],
    ['has scopes in a list', () => tokenOf('', { scope: ['openid', 'mbp_forms'] }), 200],
    ['has its scope as part of another', () => tokenOf('mbp_forms2 xmbp_forms'), 403],
    ['has a scope that is no text', () => tokenOf('', { scope: { mbp_forms: true } }), 403],
    ['is active in words only', () => tokenOf('mbp_forms', { active: 'true' }), 503],
  ])('is judged by what the issuer says: one that %s', async (what, said, status) => {
    door.acm.said.set(what.replaceAll(' ', '-'), said());
    expect((await door.get(forms, what.replaceAll(' ', '-'))).status).toBe(status);
  });

  it('is counted per tenant', async () => {
    door.acm.said.set('veel', tokenOf('beringen_meldingen', { client_id: 'mbp-beringen' }));
    const path = 'beringen/v1/melding/configuration';
    const replies = await Promise.all(Array.from({ length: 12 }, () => door.get(path, 'veel')));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect((await door.get(forms, 'forms')).status).toBe(200);
  });
});

describe('while nobody can say who calls', () => {
  it.each([
    ['a login page with status 200', '<!doctype html><title>Aanmelden</title>', 200],
    ['a redirect to a login page', '', 302],
    ['a refusal of the gateway itself', '{"error":"invalid_client"}', 401],
    ['a fault', '', 500],
    ['JSON that is no answer', '[]', 200],
    ['an answer without end', ' '.repeat(1_000_000), 200],
  ])('and the issuer gives %s, nothing enters', async (what, page, status) => {
    const token = what.replaceAll(' ', '_');
    door.acm.said.set(token, (response) => {
      response.writeHead(status, { 'content-type': 'text/html', location: '/login' }).end(page);
    });
    const reply = await door.submit({ key: token, body: json(submission()) });
    expect(reply).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await queueDepth(door.gateway.vhost, 'audit')).toBe(0);
  });

  it('[issuer-away] who is known goes on, another is told to come back', async () => {
    expect((await door.get(forms, 'forms')).status).toBe(200);
    door.acm.close();
    expect((await door.get(forms, 'forms')).status).toBe(200);
    expect((await door.get(forms, 'nieuw')).status).toBe(503);
  });
});
