import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, failureOf, startAnswering } from '../contract/answering.js';
import type { Answering } from '../contract/answering.js';
import { Failure } from '../failure.js';
import type { HttpOptions } from '../http.js';
import { identityOf } from '../tls.js';
import { createSoap } from './client.js';
import { faultIn } from './fault.js';
import { createSigner } from './signature.js';
import { xml } from './template.js';
import { issuedCertificate, rsaCertificate } from './testing.js';
import { verifyEnvelope } from './verification.js';
import { parseXml, textOf } from './xml.js';
import type { XmlElement } from './xml.js';

const own = issuedCertificate();
const sign = createSigner('Simulant', identityOf('Simulant', own), {
  token: 'X509v3',
  parts: ['Body'],
  hash: 'sha256',
});

let server: Answering;
beforeAll(async () => {
  server = await startAnswering();
});
beforeEach(() => server.forget());
afterAll(() => server.close());

const envelope = (content: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${content}</s:Body></s:Envelope>`;

const ask = (options: Partial<HttpOptions> = {}): Promise<XmlElement> => {
  const http = server.client(options, {
    errors: {
      codeOf: (body) => faultIn(body)?.text.slice(0, 5) ?? null,
      reasonOf: (body) => faultIn(body)?.text ?? null,
      table: { 99995: { verdict: 'retry', code: 'rate-limited', meaning: 'too many' } },
    },
  });
  const failureOf = ({ text }: { text: string }): Failure =>
    new Failure('reject', `fault ${text}`, { code: 'invalid' });
  return createSoap({ http, system: 'Simulant', sign, failureOf })({
    path: '/dienst',
    action: 'vraag',
    body: xml`<v:Vraag xmlns:v="urn:v">${'<a>'}</v:Vraag>`,
    answer: { name: 'Antwoord', namespace: 'urn:v' },
    signal: AbortSignal.timeout(10_000),
  });
};

describe('a SOAP call', () => {
  it('sends one signed envelope and gives the element that answers', async () => {
    let sent = '';
    server.answer = (incoming, outgoing, body) => {
      expect(incoming.headers).toMatchObject({
        'content-type': 'text/xml; charset=utf-8',
        soapaction: '"vraag"',
      });
      sent = body;
      outgoing.end(envelope('<Antwoord xmlns="urn:v"><a>ja</a></Antwoord>'));
    };
    expect(textOf(await ask(), 'a')).toBe('ja');
    expect(server.calls).toEqual(['POST /base/dienst']);
    expect(verifyEnvelope(sent, parseXml(sent)).signed).toEqual(['Body']);
    expect(server.observed.map(({ status }) => status)).toEqual(['200']);
  });

  it('reads a fault, with HTTP 500 or 200, by its code and with its reason', async () => {
    const fault = envelope(
      '<s:Fault><faultcode>s:Server</faultcode><faultstring>99995 - Te veel, bel 0412 34 56 78</faultstring></s:Fault>',
    );
    server.answer = answers(500, fault);
    expect(await failureOf(ask())).toMatchObject({
      verdict: 'retry',
      code: 'rate-limited',
      externalCode: '99995',
      message: 'Simulant answered 500 to POST /dienst: 99995 - Te veel, bel […]',
    });
    server.answer = answers(200, fault);
    expect(await failureOf(ask())).toMatchObject({ code: 'invalid' });
  });

  it.each([
    ['a login page', '<!DOCTYPE html><html><body>Log in</body></html>', /a page \(a login/],
    ['a bomb', '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', /not XML that may be read.*DOCTYPE/],
    ['a well too deep', '<a>'.repeat(1_000), /deeper than 64/],
    ['JSON', '{"a":1}', /not XML that may be read/],
    ['another element', envelope('<Antwoord xmlns="urn:w"/>'), /something else than Antwoord/],
    ['no envelope', '<Antwoord xmlns="urn:v"/>', /something else than Antwoord/],
    ['too much', envelope(' '.repeat(20_000)), /more than 10000 bytes/],
  ])('is no success where %s answers', async (_what, body, words) => {
    server.answer = answers(200, body);
    const failure = await failureOf(ask({ maxAnswerBytes: 10_000 }));
    expect(failure).toMatchObject({ verdict: 'retry', code: 'unavailable' });
    expect(failure.message).toMatch(words);
    expect(server.observed).toHaveLength(1);
  });
});

describe('mutual TLS', () => {
  const startTls = async (): Promise<{ baseUrl: string; shown: string[]; close: () => void }> => {
    const shown: string[] = [];
    const tls = createServer(
      {
        cert: own.certificate,
        key: own.privateKey,
        ca: own.authority,
        requestCert: true,
        rejectUnauthorized: true,
      },
      (incoming, outgoing) => {
        if (incoming.socket instanceof TLSSocket)
          shown.push(incoming.socket.getPeerCertificate().fingerprint256);
        outgoing.end('{}');
      },
    );
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    return {
      baseUrl: `https://localhost:${(tls.address() as AddressInfo).port}`,
      shown,
      close: () => {
        tls.closeAllConnections();
        tls.close();
      },
    };
  };

  const get = (baseUrl: string, certificate?: HttpOptions['certificate']): Promise<unknown> =>
    server
      .client({ baseUrl, ...(certificate && { certificate }) })
      .get('/', { signal: AbortSignal.timeout(10_000) });

  it('shows our certificate, and trusts only the authority that is set', async () => {
    const tls = await startTls();
    try {
      await get(tls.baseUrl, own);
      const { own: certificate } = identityOf('Simulant', own);
      expect(tls.shown).toEqual([certificate.fingerprint256]);
      const { certificate: stranger } = rsaCertificate({ key: 1 });
      expect(await failureOf(get(tls.baseUrl, { ...own, authority: stranger }))).toMatchObject({
        verdict: 'pause',
        code: 'certificate',
      });
    } finally {
      tls.close();
    }
  });
});
