import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { openDesk } from './testing.js';
import type { Desk } from './testing.js';

const withDesk = async (
  settings: Record<string, unknown>,
  run: (desk: Desk) => Promise<void>,
): Promise<void> => {
  const desk = await openDesk(settings);
  try {
    await run(desk);
  } finally {
    await desk.simulator.close();
  }
};

const iri = 'https://data.aalter.example/id/concept/Meldingstype/wegdek';

describe('check now', () => {
  it('passes where all that the settings name exists', () =>
    withDesk(
      {
        contactKey: 'lb_externalid',
        noteMarker: 'Melder',
        choices: { [iri]: { lb_categorie: 100000001, casetypecode: 2 } },
        columns: {
          lb_melding: { from: 'subject', maxLength: 300 },
          lb_breedtegraad: { from: 'breedtegraad' },
        },
        statuscodes: { Opgelost: { statecode: 1, statuscode: 1000 } },
      },
      async ({ check, simulator }) => {
        await check();
        expect(simulator.requests().filter(({ forToken }) => !forToken)).toHaveLength(1);
      },
    ));

  it.each<[string, Record<string, unknown>, string]>([
    [
      'an alternate key',
      { incidentKey: 'lb_elders' },
      'incidents have no alternate key on lb_elders',
    ],
    ['an account key', { accountKey: 'lb_elders' }, 'accounts have no alternate key on lb_elders'],
    ['a column', { columns: { lb_x: { from: 'adres' } } }, 'no column lb_x that can be written'],
    [
      'a column that only Dynamics 365 writes',
      { columns: { ticketnumber: { from: 'adres' } } },
      'no column ticketnumber',
    ],
    [
      'a column of another type',
      { columns: { lb_melding: { from: 'lengtegraad' } } },
      'of type String',
    ],
    ['a choice column', { defaultChoices: { lb_soort: 1 } }, 'no choice column lb_soort'],
    ['a choice', { choices: { [iri]: { lb_categorie: 7 } } }, 'lb_categorie has no value 7'],
    [
      'a status reason',
      { statuscodes: { Gesloten: { statecode: 2, statuscode: 7 } } },
      'no status reason 7 for "Gesloten"',
    ],
    [
      'the state of it',
      { statuscodes: { Gesloten: { statecode: 1, statuscode: 6 } } },
      'belongs to state 2, not 1',
    ],
    [
      'the contact for anonymous melders',
      { anonymousContact: '5f0c1234-5678-4123-9012-123456789012' },
      'anonymousContact does not exist',
    ],
    [
      'so large a file',
      { attachmentLimitBytes: 6_000_000 },
      '5242880 bytes of the system settings',
    ],
  ])('says that there is not %s', (_what, settings, says) =>
    withDesk(settings, async ({ check }) => {
      const failure = await failureOf(check());
      expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
      expect(failure.message).toContain(says);
    }),
  );

  it.each([
    ['key-pending', 'is Pending'],
    ['no-key', 'no alternate key on lb_externalid'],
    ['no-tracking', 'change tracking is off for incidents; change tracking is off for notes'],
  ])('says what an administrator left undone: %s', (flaw, says) =>
    withDesk({ noteMarker: 'Melder' }, async ({ check, drive }) => {
      drive('setFlaws', { flaws: [flaw] });
      expect((await failureOf(check())).message).toContain(says);
    }),
  );

  it('says that a secret is wrong in the words of Microsoft Entra', () =>
    withDesk({ clientSecret: 'fout' }, async ({ check }) => {
      const failure = await failureOf(check());
      expect(failure).toMatchObject({ verdict: 'pause', code: 'unauthorized' });
      expect(failure.message).toMatch(/^No token is given: .*AADSTS7000215/);
      expect(failure.message).not.toContain('fout');
    }));

  it('says that the scope is of another environment', () =>
    withDesk({ scope: 'https://elders.crm4.dynamics.com/.default' }, async ({ check }) => {
      expect((await failureOf(check())).message).toContain('AADSTS70011');
    }));
});

/** A self-signed certificate, of which only the fingerprint counts here. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUTPELfLYehgSJrvPJ6NOy9ta9OoAwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwObGItYnVzLmV4YW1wbGUwIBcNMjYxMTIyMDI1MDIxWhgPMjEy
NjEwMjkwMjUwMjFaMBkxFzAVBgNVBAMMDmxiLWJ1cy5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEhuy7oLVpPQiZNWHidVxhozhsnxgY4n+IbGcCEXFj
hWrqKxGlFWH0RqWR0FcPdrdcvzvIxZ283Wxl0rA8yJ8BHKNTMFEwHQYDVR0OBBYE
FHFoKwJdJr/HR9mUDnHJo2ecZY54MB8GA1UdIwQYMBaAFHFoKwJdJr/HR9mUDnHJ
o2ecZY54MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJKA21XE
lbofy0fPj96UMmIPXJRtJjGhckaGaSDeR/WgAiA8nLZxcDaljiqDKWNLZthKigsC
3YW4N8RUiBbzVvq2RA==
-----END CERTIFICATE-----`;

describe('a certificate in place of a secret', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const registered = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  it('gives a token, and another key does not', async () => {
    const settings = { clientSecret: undefined, certificate };
    const desk = await openDesk({ ...settings, privateKey: pem }, registered);
    await desk.check();
    await desk.simulator.close();
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const wrong = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    const stranger = await openDesk({ ...settings, privateKey: wrong }, registered);
    expect((await failureOf(stranger.check())).code).toBe('unauthorized');
    await stranger.simulator.close();
  });

  it('that cannot be read concerns the operator', async () => {
    const failure = await failureOf(
      openDesk({ clientSecret: undefined, privateKey: pem, certificate: 'geen PEM' }),
    );
    expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
  });

  it('is needed where there is no secret', async () => {
    const failure = await failureOf(openDesk({ clientSecret: undefined }));
    expect(failure.message).toContain('clientSecret, or a privateKey with its certificate');
  });
});
