import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { busIdOf } from '#bus/envelope.js';
import { json } from '#infra/testing/bad-input/shape.js';
import { queueDepth } from '#infra/testing/broker.js';
import { burgerprofielDoor } from '#infra/testing/burgerprofiel/door.js';
import { tokenOf } from '#infra/testing/burgerprofiel/issuer.js';
import {
  attached,
  formHeaders,
  formOf,
  jsonHeaders,
  photo,
  submission,
  whole,
} from '#infra/testing/burgerprofiel/submission.js';
import { call } from '#infra/testing/caller.js';
import { inszOf } from '#infra/testing/question.js';

const door = burgerprofielDoor();

describe('a melding of Mijn Burgerprofiel', () => {
  it('finds the categories, the form and the limits in the configuration of the tenant', async () => {
    const configuration = await door.get('aalter/v1/melding/configuration', 'meldingen', {
      'accept-language': 'fr',
    });
    expect(configuration).toMatchObject({
      status: 200,
      json: {
        categories: [
          { id: 'wegdek', name: 'Chaussée' },
          { id: 'groen', name: 'Groen' },
        ],
        schema: { properties: { category: { enum: ['wegdek', 'groen'] } } },
        attachments: {
          maxCount: 2,
          maxSizeBytes: 100_000,
          contentTypes: ['image/png', 'application/pdf'],
        },
      },
    });
  });

  it('enters as any other message, never back to Mijn Burgerprofiel, and a repeat is answered the same', async () => {
    const body = json(whole());
    const reply = await door.submit({ body });
    const id = String(reply.json['id']);
    expect(reply).toMatchObject({ status: 202, json: { status: 'accepted' } });
    expect(reply.headers.get('location')).toBe(`/mbp/aalter/v1/melding/${id}`);
    const event = await door.taken();
    expect(event).toMatchObject({
      type: 'be.lbbus.melding.ingediend.v1',
      source: 'urn:lb:aalter:burgerprofiel',
      subject: `urn:uuid:${id}`,
      time: '2026-01-05T09:12:00+01:00',
      verwerking: 'meldingen-openbaar-domein',
      tenant: 'aalter',
      data: {
        '@id': `urn:uuid:${id}`,
        titel: 'Put in het fietspad',
        meldingstype: [{ '@id': 'https://data.aalter.example/id/concept/Meldingstype/wegdek' }],
        indiener: {
          '@type': ['GeregistreerdPersoon', 'Agent'],
          registratie: { identificator: inszOf(3) },
          voornaam: ['An'],
          achternaam: 'Voorbeeld',
          contactinfo: [{ email: 'an@example.org' }],
        },
        behandelaar: { '@id': 'http://data.lblod.info/id/bestuurseenheden/aalter' },
        heeftBody: [
          {
            beschrijving: { '@value': 'De put is ongeveer 10 cm diep.', '@language': 'nl' },
            geometrie: { wkt: 'POINT (3.4469 51.0901)' },
          },
        ],
        heeftDoelwit: [{ straatnaam: 'Markt', huisnummer: '12', postcode: '9880' }],
        heeftStatus: [{ statusdatum: '2026-01-05T09:12:00+01:00' }],
      },
    });
    expect((await door.submit({ body })).json).toEqual(reply.json);
    expect((await door.taken())['busid']).toBe(id);
    expect(await queueDepth(door.gateway.vhost, 't.aalter.profiel')).toBe(0);
  });

  it('needs no more than its form asks: an anonymous one has the name of its category as title', async () => {
    expect((await door.submit({ body: json(submission({ category: 'groen' })) })).status).toBe(202);
    expect(await door.taken()).toMatchObject({
      data: { titel: 'Groen', indiener: { '@type': 'Agent' } },
    });
  });

  it('brings its attachments, in whatever order, and the same again is the same', async () => {
    const melding = submission();
    const pdf = { file: '../../plan.pdf', type: 'application/pdf', content: '%PDF-1.7' };
    const one = await door.submit(attached(melding, photo, pdf));
    expect(one.status).toBe(202);
    const { data } = (await door.taken()) as { data: { heeftBody: { bijlage?: string }[] } };
    const files = data.heeftBody.flatMap(({ bijlage }) => bijlage?.split(':').at(-1) ?? []);
    expect(files).toHaveLength(2);
    const stored = await Promise.all(
      files.map((id) =>
        call(`${door.gateway.url}/v1/attachments/${id}`, { key: 'lb_aalter_meldpunt' }),
      ),
    );
    expect(stored.map(({ headers }) => headers.get('content-type'))).toEqual([
      'image/png',
      'application/pdf',
    ]);
    expect(stored[1]?.headers.get('content-disposition')).toContain('filename="plan.pdf"');
    const last = {
      body: formOf(photo, pdf, { name: 'melding', content: json(melding) }),
      headers: formHeaders,
    };
    expect(await door.submit(last)).toMatchObject({ status: 202, json: { id: one.json['id'] } });
    expect((await door.taken())['busid']).toBe(one.json['id']);
    expect(await door.submit(attached(melding, photo))).toMatchObject({ status: 409 });
  });

  it('of a form of its own is read and answered where the tenant says', async () => {
    door.acm.said.set('beringen', tokenOf('beringen_meldingen', { client_id: 'mbp-beringen' }));
    const configuration = await door.get('beringen/v1/melding/configuration', 'beringen');
    expect(configuration.json['jsonSchema']).toMatchObject({
      properties: { kind: { enum: ['7'] } },
    });
    const body = json({ kind: '7', what: { text: 'Losse tegel' } });
    const options = { key: 'beringen', body };
    const named = { ...jsonHeaders, 'idempotency-key': 'brief-1' };
    const one = await call(`${door.gateway.url}/mbp/beringen/v1/melding`, {
      ...options,
      headers: named,
    });
    const id = busIdOf('beringen', 'urn:lb:beringen:burgerprofiel', 'brief-1');
    expect(one).toMatchObject({ status: 202, json: { reference: id } });
    expect(await door.taken('t.beringen.desk')).toMatchObject({
      subject: `https://meldingen.beringen.example/id/melding/${id}`,
      data: { titel: 'Voetpad', heeftBody: [{ beschrijving: 'Losse tegel' }] },
    });
  });

  it('can be followed to its last status, and nothing else can be read here', async () => {
    const accepted = await door.submit({ body: json(submission()) });
    const id = String(accepted.json['id']);
    await door.trace({ id, type: 'be.lbbus.melding.ingediend.v1', subject: `urn:uuid:${id}` });
    const ours = { source: 'urn:lb:aalter:desk', subject: `urn:uuid:${id}` };
    for (const beschrijving of ['In behandeling', { '@value': 'Opgelost', '@language': 'nl' }])
      await door.trace({
        ...ours,
        id: randomUUID(),
        type: 'be.lbbus.melding.status-gewijzigd.v1',
        data: {
          heeftStatus: [
            {
              statusType: { '@id': 'urn:status' },
              statusdatum: '2026-01-06T08:00:00Z',
              beschrijving,
            },
          ],
        },
      });
    expect(await door.get(`aalter/v1/melding/${id}`, 'meldingen')).toMatchObject({
      status: 200,
      json: {
        id,
        status: 'delivered',
        melding: {
          statusType: 'urn:status',
          beschrijving: 'Opgelost',
          statusdatum: '2026-01-06T08:00:00Z',
        },
        _links: { self: { href: `/mbp/aalter/v1/melding/${id}` } },
      },
    });
    const other = randomUUID();
    await door.trace({ ...ours, id: other, type: 'be.lbbus.melding.ingediend.v1' });
    for (const wrong of [other, 'x', '..%2fconfiguration', '%00', "1'or'1"])
      expect((await door.get(`aalter/v1/melding/${wrong}`, 'meldingen')).status).toBe(404);
  });
});
