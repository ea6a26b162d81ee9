import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { busAudience, clientIdOf, opaqueAudience } from '#infra/proeftuin/applications.js';
import { foldersIn } from '#infra/proeftuin/folders.js';
import { mijnBurgerprofielAt } from '#infra/proeftuin/mijn-burgerprofiel.js';
import { places } from '#infra/proeftuin/places.js';
import { signIn } from '#infra/proeftuin/sign-in.js';
import { call, type Reply } from '#infra/testing/caller.js';
import { inszOf } from '#infra/testing/question.js';
import { until } from '#infra/testing/until.js';
import { newStack, type RunningRole, type Stack } from '#infra/testing/processes.js';

let stack: Stack;
let gateway: RunningRole;
let url: string;

beforeAll(async () => {
  stack = await newStack();
  await stack.applyDemoTenants();
  await stack.start('proeftuin');
  gateway = await stack.start('gateway');
  ({ url } = gateway);
}, 120_000);
afterAll(() => stack.end());

const tenant = places[1]!.id;
const listWith = async (resource: string): Promise<Reply> => {
  const { stateFolder, proeftuinUrl: origin } = stack.deployment;
  const clientId = clientIdOf(tenant);
  const key = await signIn({ folder: foldersIn(stateFolder).own, origin, clientId, resource });
  return call(`${url}/v1/messages`, { key });
};

it('an application that signs in with private_key_jwt is let in, with a JWT and with an opaque token', async () => {
  expect((await listWith(busAudience)).json).toEqual({ messages: [], next: null });
  expect((await listWith(opaqueAudience)).json).toEqual({ messages: [], next: null });
  expect((await call(`${url}/v1/messages`, { key: 'opaque-of-nobody' })).status).toBe(401);
});

it('Mijn Burgerprofiel finds what a government takes, and brings it a melding with a photo', async () => {
  const { stateFolder, proeftuinUrl: proeftuin } = stack.deployment;
  const burgerprofiel = mijnBurgerprofielAt({ gateway: url, proeftuin, stateFolder });
  const { categories } = await burgerprofiel.configuration(tenant);
  const melding = { id: 'mbp-1', category: categories[0]?.id, description: 'Een diepe put.' };
  const id = await burgerprofiel.submit(tenant, melding, ['put.png']);
  expect(await burgerprofiel.submit(tenant, melding, ['put.png'])).toBe(id);
  expect(await burgerprofiel.forms(tenant)).toMatchObject({ total: 2 });
  await expect(burgerprofiel.certificates(tenant, inszOf(1))).rejects.toThrow('404');
});

it('Mijn Burgerprofiel reads the attesten of a person from the back office, of whom no log tells', async () => {
  const delivery = await stack.start('delivery');
  const { stateFolder, proeftuinUrl: proeftuin } = stack.deployment;
  const burgerprofiel = mijnBurgerprofielAt({ gateway: url, proeftuin, stateFolder });
  const insz = inszOf(2);
  const page = await until(() => burgerprofiel.certificates('aalter', insz).catch(() => null), {
    what: 'an answer of the back office',
    timeoutMs: 60_000,
  });
  const certificates = ['fr', 'nl'].map((language) => ({ id: 'ATT-2026-17', language }));
  expect(page).toMatchObject({ _embedded: { certificates } });
  expect(JSON.stringify([gateway.log(), delivery.log(), page])).not.toContain(insz);
});

it('the log has one line per request, with its number and without token, query or id', async () => {
  const reply = await call(`${url}/v1/hooks/geheim-token?naam=An`, { body: 'inhoud' });
  const own = () =>
    gateway
      .log()
      .filter(({ msg }) => msg === 'request')
      .filter(({ requestId }) => requestId === reply.headers.get('x-request-id'));
  await until(() => own().length > 0, { what: 'the line of the request' });
  expect(own()).toEqual([
    expect.objectContaining({ method: 'POST', route: '/v1/hooks/:token', status: 404 }),
  ]);
  expect(JSON.stringify(gateway.log())).not.toMatch(/geheim|naam|inhoud|Bearer/);
  expect(await gateway.stop()).toBe(0);
});
