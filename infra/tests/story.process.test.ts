import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { citizensAt } from '#infra/proeftuin/citizens.js';
import { differencesOf } from '#infra/proeftuin/differences.js';
import { foldersIn } from '#infra/proeftuin/folders.js';
import { photosIn, readMeldingen, tenantOf, type DemoEvent } from '#infra/proeftuin/meldingen.js';
import type { FetchedEvent, Meldpunt } from '#infra/proeftuin/meldpunt.js';
import { keyOf, meldpuntenOf, signsIn } from '#infra/proeftuin/meldpunten.js';
import { ask, questionsOfNow, whoIn } from '#infra/proeftuin/questions.js';
import { uploadPhotos, withUploads } from '#infra/proeftuin/photo-uploads.js';
import { busIdFor, follow, sendAll, type Scene, type Told } from '#infra/proeftuin/story.js';
import { readSecrets } from '#infra/proeftuin/secrets.js';
import { contactCentresAt } from '#infra/proeftuin/dynamics-people.js';
import { serviceDesksAt } from '#infra/proeftuin/topdesk-people.js';
import { newStack, type RunningRole, type Stack } from '../testing/processes.js';
import { until } from '../testing/until.js';

const meldingen = readMeldingen();

let stack: Stack;
let scene: Scene;
let delivery: RunningRole;
let sent: DemoEvent[];
let told: Told[];

const where = () => ({
  gateway: stack.deployment.publicUrl,
  proeftuin: stack.deployment.proeftuinUrl,
  stateFolder: stack.deployment.stateFolder,
});

const meldpuntFor = (tenant: string): Meldpunt => scene.meldpunten.get(tenant)!;

/** The national register has news before anybody asks: the first look of delivery finds it. */
const changePerson = async (): Promise<void> => {
  const url = `${where().proeftuin}/magda/_simulator/accounts/aalter/drive/changePerson`;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(200);
};

beforeAll(async () => {
  stack = await newStack();
  await stack.applyDemoTenants();
  await stack.start('proeftuin');
  await changePerson();
  [, delivery] = await Promise.all([
    stack.start('gateway'),
    stack.start('delivery'),
    stack.start('monitoring'),
  ]);
  scene = {
    meldpunten: meldpuntenOf(where()),
    desks: serviceDesksAt(where().proeftuin, where().stateFolder),
    centres: contactCentresAt(where().proeftuin, where().stateFolder),
    citizens: citizensAt(where().proeftuin, where().stateFolder),
    report: () => undefined,
  };
}, 90_000);

afterAll(() => stack.end());

const killDeliveryHalfway = async (): Promise<void> => {
  await until(async () => (await scene.desks.incidents()).length >= 100, {
    what: 'a hundred incidents are there',
    timeoutMs: 120_000,
  });
  await delivery.kill();
  delivery = await stack.start('delivery');
};

describe('300 meldingen, with delivery killed half-way', () => {
  beforeAll(async () => {
    const { own } = foldersIn(where().stateFolder);
    const uploads = await uploadPhotos(meldingen, meldpuntFor, own, () => undefined);
    sent = meldingen.map((event) => withUploads(event, uploads));
    const [all] = await Promise.all([
      sendAll(scene, sent, 'sent').then(() => follow(scene, sent)),
      killDeliveryHalfway(),
    ]);
    told = all;
  }, 480_000);

  it('are each delivered once to TOPdesk and Dynamics 365, solved in both, told of in order in the postvak of their sender, and shown in order to their citizen', () => {
    expect(told.flatMap(differencesOf)).toEqual([]);
    expect(told).toHaveLength(300);
  });

  it('leave nothing in TOPdesk that nobody sent', async () => {
    const ids = (await scene.desks.incidents()).map(({ externalNumber }) => externalNumber).sort();
    expect(ids).toEqual(sent.map(busIdFor).sort());
  });

  it('come with their photos, once each', () => {
    const counts = told.map(({ incidents }) => incidents[0]?.attachments.length);
    expect(counts).toEqual(meldingen.map((event) => photosIn(event).length));
  });

  it('come in by API key and by a token of the identity provider', () => {
    const byToken = told.filter(({ tenant }) => signsIn(tenant));
    expect(byToken.length).toBeGreaterThan(50);
    expect(byToken.every(({ view }) => view?.status === 'delivered')).toBe(true);
  });

  it('reach an application that is called, signed, as well as the one that fetches', async () => {
    const url = `${where().proeftuin}/backend/_simulator/accounts/kortrijk/state`;
    const received = (await (await fetch(url)).json()) as { type: string; subject: string }[];
    const ours = sent.filter((event) => tenantOf(event) === 'kortrijk');
    expect(received.filter(({ type }) => type.includes('ingediend'))).toHaveLength(ours.length);
    expect(received.filter(({ type }) => type.includes('status'))).toHaveLength(4 * ours.length);
  });

  it('go where the filters of their tenant say', async () => {
    const aboutLitter = /Meldingstype\/(sluikstort|zwerfvuil)"/;
    const desks = told
      .filter(({ tenant }) => tenant === 'mechelen')
      .map(({ event, incidents }) => [
        aboutLitter.test(JSON.stringify(event.data)),
        incidents[0]?.account,
      ]);
    expect(desks.map(([litter]) => litter)).toContain(true);
    for (const [litter, account] of desks)
      expect(account).toBe(litter === true ? 'mechelen-netheid' : 'mechelen');

    const key = readSecrets(foldersIn(where().stateFolder).own)['aalter']!['website-key']!;
    const url = `${where().gateway}/v1/postvak/website/messages?max=100`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    const { messages } = (await response.json()) as { messages: { event: FetchedEvent }[] };
    const labels = messages.map(({ event }) => event.data.heeftStatus[0]?.beschrijving);
    const ours = sent.filter((event) => tenantOf(event) === 'aalter');
    expect(labels).toEqual(ours.map(() => 'Opgelost'));
  });

  it('do not come twice when they are sent twice', async () => {
    const again = sent.filter((event) => tenantOf(event) === 'balen');
    await sendAll(scene, again, 'again');
    const [first] = again;
    const subject = `${first!.subject}-later`;
    const later = { ...first!, id: 'later', subject, data: { ...first!.data, '@id': subject } };
    await sendAll(scene, [later], 'later');
    const [one] = await follow(scene, [later]);
    expect(differencesOf(one!)).toEqual([]);
    expect(await scene.desks.incidents()).toHaveLength(301);
  }, 60_000);
});

it('answers who somebody is, from MAGDA and from the Verenigingsregister', async () => {
  const who = await Promise.all(
    questionsOfNow().map(async (question) => whoIn(await ask(where(), question))),
  );
  expect(who).toEqual(['An Maria Voorbeeld', 'Harmonie De Voorbeelden']);
}, 60_000);

it('has told an application what changed of a person', async () => {
  const url = `${where().proeftuin}/backend/_simulator/accounts/aalter/state`;
  await until(
    async () => {
      const received = (await (await fetch(url)).json()) as FetchedEvent[];
      return received.filter(({ type }) => type === 'be.lbbus.persoon.gewijzigd.v1').length === 1;
    },
    { what: 'the change at the application', timeoutMs: 70_000 },
  );
}, 80_000);

it('follows a change of a tenant within two seconds, without a restart', async () => {
  const file = join(foldersIn(where().stateFolder).tenants, 'dessel.yaml');
  const before = await readFile(file, 'utf8');
  const [event] = sent.filter((one) => tenantOf(one) === 'dessel');
  const post = async (): Promise<number> => {
    const response = await fetch(`${where().gateway}/v1/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents+json',
        authorization: `Bearer ${keyOf(where(), 'dessel')}`,
      },
      body: JSON.stringify(event),
    });
    return response.status;
  };
  expect(await post()).toBe(202);
  const changed = before.replace('urn:lb:dessel:meldpunt', 'urn:lb:dessel:another');
  expect(changed).not.toBe(before);
  await writeFile(file, changed);
  await stack.lbBus('apply', '-y', '-f', file);
  await until(async () => (await post()) === 403, {
    what: 'the gateway refuses the source that was taken away',
    timeoutMs: 2_000,
  });
  await writeFile(file, before);
  await stack.lbBus('apply', '-y', '-f', file);
  await until(async () => (await post()) === 202, {
    what: 'the gateway accepts the source that was given back',
    timeoutMs: 2_000,
  });
}, 30_000);
