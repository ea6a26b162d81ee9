import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import { openDeskOf } from '#kit/contract/desk.js';
import { startSimulator } from '#kit/simulator-host.js';
import { simulatorIdentity } from '#kit/simulator-key.js';
import { issuedCertificate } from '#kit/soap/testing.js';
import { magda } from './magda.connector.js';
import { organisatie, reopened } from './testing.js';
import type { MagdaDesk } from './testing.js';

let desk: MagdaDesk;
beforeEach(async () => {
  desk = await openDeskOf(magda);
});
afterEach(() => desk.simulator.close());

describe('MAGDA in trouble, or somebody in its place', () => {
  it('asks to go slower', async () => {
    desk.drive('limit', 0);
    expect(await failureOf(organisatie(desk, '0207433213'))).toMatchObject({
      verdict: 'retry',
      code: 'rate-limited',
      externalCode: '99995',
    });
  });

  it('says to whoever checks that the sender is not admitted, and in which capacity', async () => {
    const check = ({ client }: MagdaDesk) =>
      magda.check(client, { signal: new AbortController().signal });
    await expect(check(desk)).resolves.toBeUndefined();
    const strangers = [{ identificatie: 'elders.be/lb-bus-aip' }, { hoedanigheid: '9999' }];
    for (const change of strangers) {
      const failure = await failureOf(check(await reopened(desk, change)));
      expect(failure).toMatchObject({ verdict: 'pause', code: 'unauthorized' });
      expect(failure.message).toContain(Object.values(change)[0]);
      expect(failure.message).toContain('40006');
    }
  });

  const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;&c;&c;&c;</a>';
  const envelope = (body: string): string =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
  const response = (repliek: string): string =>
    envelope(
      `<w:GeefOndernemingResponse xmlns:w="http://webservice.geefondernemingdienst-02_00.onderneming-02_00.vip.vlaanderen.be"><Repliek>${repliek}</Repliek></w:GeefOndernemingResponse>`,
    );
  const antwoord = (inhoud: string): string =>
    response(
      `<Antwoorden><Antwoord><Referte>een-andere</Referte>${inhoud}</Antwoord></Antwoorden>`,
    );
  const uitzondering = (code: string, oorsprong = 'MAGDA', type = 'FOUT'): string =>
    `<Uitzonderingen><Uitzondering><Identificatie>${code}</Identificatie><Oorsprong>${oorsprong}</Oorsprong><Type>${type}</Type><Diagnose>bel 0412 34 56 78</Diagnose></Uitzondering></Uitzonderingen>`;

  it.each([
    ['an entity bomb', bomb, 'retry', 'unavailable'],
    ['a login page', '<html><body>Aanmelden</body></html>', 'retry', 'unavailable'],
    ['thirty megabytes', envelope(' '.repeat(30_000_000)), 'retry', 'unavailable'],
    ['another service', envelope('<a/>'), 'retry', 'unavailable'],
    ['the answer to another question', antwoord('<Inhoud/>'), 'retry', 'unavailable'],
    ['no answer', response(''), 'retry', 'unavailable'],
    ['a refusal of the whole request', response(uitzondering('40006')), 'reject', 'unsupported'],
    ['too many at once', response(uitzondering('99996')), 'retry', 'rate-limited'],
    ['a source that is away', antwoord(uitzondering('60006')), 'retry', 'unavailable'],
    ['an unknown error', antwoord(uitzondering('12345')), 'reject', 'invalid'],
    ['one number, by origin', antwoord(uitzondering('40000', 'LED')), 'reject', 'not-found'],
    ['the same number elsewhere', antwoord(uitzondering('40000')), 'reject', 'invalid'],
    ['a type nobody knows', antwoord(uitzondering('30001', 'RR', 'RARE')), 'reject', 'not-found'],
  ])('answers with %s', async (_what, document, verdict, code) => {
    desk.drive('answer', { document });
    const failure = await failureOf(organisatie(desk, '0207433213'));
    expect(failure).toMatchObject({ verdict, code });
    expect(failure.message).not.toContain('0412');
    expect(desk.simulator.requests()).toHaveLength(1);
  });

  it('refuses our certificate, our clock, another sender and another capacity', async () => {
    const stranger = await reopened(desk, simulatorIdentity('een-ander'));
    expect(await failureOf(organisatie(stranger, '0207433213'))).toMatchObject({
      verdict: 'pause',
      code: 'unauthorized',
      externalCode: 'ERR_025',
    });
    for (const change of [{ identificatie: 'balen.be/lb-bus-aip' }, { hoedanigheid: '9999' }])
      expect(
        await failureOf(organisatie(await reopened(desk, change), '0207433213')),
      ).toMatchObject({ verdict: 'reject', externalCode: '40006' });
    const timed = await reopened(desk, { signTimestamp: true });
    await organisatie(timed, '0207433213');
    desk.simulator.advance(3_600_000);
    const late = await failureOf(organisatie(timed, '0207433213'));
    expect(late).toMatchObject({ verdict: 'pause', externalCode: 'ERR_025' });
    expect(late.message).toMatch(/clock/);
  });
});

it('over mutual TLS the simulator only lets in who shows the certificate that it signs with', async () => {
  const server = issuedCertificate();
  const tls = createServer({
    cert: server.certificate,
    key: server.privateKey,
    requestCert: true,
    rejectUnauthorized: false,
  });
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  const simulator = await startSimulator(magda.simulator as never, {
    accounts: ['aalter', 'balen'].map((name) => ({ name, secret: 'geheim' })),
    address: `https://localhost:${(tls.address() as AddressInfo).port}`,
  });
  tls.on('request', simulator.handle);
  const secured = { ...desk, simulator };
  const { authority } = server;
  const { certificate, privateKey } = simulator.settings('balen');
  try {
    expect(await organisatie(await reopened(secured, { authority }), '0207433213')).toBeDefined();
    const stranger = await reopened(secured, { authority, certificate, privateKey });
    expect(await failureOf(organisatie(stranger, '0207433213'))).toMatchObject({
      verdict: 'pause',
      code: 'forbidden',
    });
  } finally {
    tls.closeAllConnections();
    tls.close();
  }
});
