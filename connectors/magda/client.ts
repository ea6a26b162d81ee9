import type { HttpClient } from '#kit/http.js';
import type { Platform } from '#kit/platform.js';
import { createSoap } from '#kit/soap/client.js';
import type { SoapClient } from '#kit/soap/client.js';
import { createSigner } from '#kit/soap/signature.js';
import { identityOf } from '#kit/tls.js';
import { antwoordIn } from './antwoord.js';
import type { Antwoord } from './antwoord.js';
import { dienstPath } from './diensten.js';
import type { Dienst } from './diensten.js';
import { verzoek } from './envelope.js';
import type { Referte, Vraag } from './envelope.js';
import { failureOfFault } from './errors.js';
import type { MagdaSettings } from './settings.js';

export interface Asking {
  readonly referte: Referte;
  readonly signal: AbortSignal;
}

/** MAGDA as one sender reaches it. */
export interface Magda {
  readonly settings: MagdaSettings;
  readonly tenant: string;
  /** Stands for the number of a person in IRIs and ids. */
  readonly pseudonym: Platform['pseudonym'];
  /** Which inscriptions the bus made. */
  readonly memory: Platform['memory'];
  /** Asks once; every exception of MAGDA that is not a mere warning comes out as a `Failure`. */
  readonly ask: (dienst: Dienst, vraag: Vraag, asking: Asking) => Promise<Antwoord>;
}

const system = 'MAGDA';

const hostOf = ({ domein }: Dienst, { environment }: MagdaSettings): string =>
  `https://magda${domein}dienst${environment === 'test' ? '-aip' : ''}.vlaanderen.be`;

/** One client per host, made when it is first needed. */
const clientsOf = (make: (baseUrl: string) => SoapClient): ((baseUrl: string) => SoapClient) => {
  const made = new Map<string, SoapClient>();
  return (baseUrl) => {
    const known = made.get(baseUrl) ?? make(baseUrl);
    made.set(baseUrl, known);
    return known;
  };
};

export const connect = (
  settings: MagdaSettings,
  { http, tenant, pseudonym, memory }: Pick<Platform, 'http' | 'tenant' | 'pseudonym' | 'memory'>,
): Magda => {
  const { certificate, privateKey, authority, timeoutMs } = settings;
  const sign = createSigner(system, identityOf(system, { certificate, privateKey }), {
    token: settings.signatureProfile,
    hash: settings.signatureHash,
    parts: settings.signTimestamp ? ['Body', 'Timestamp'] : ['Body'],
  });
  const httpTo = (baseUrl: string): HttpClient =>
    http({ baseUrl, timeoutMs, certificate: { certificate, privateKey, authority } });
  const soapTo = clientsOf((baseUrl) =>
    createSoap({ http: httpTo(baseUrl), system, sign, failureOf: failureOfFault }),
  );
  return {
    settings,
    tenant,
    pseudonym,
    memory,
    ask: async (dienst, vraag, { referte, signal }) => {
      const response = await soapTo(settings.baseUrl ?? hostOf(dienst, settings))({
        path: dienstPath(dienst),
        action: `${dienst.naam}Dienst-${dienst.versie}`,
        body: verzoek(dienst, vraag, { referte, now: new Date() }),
        answer: { name: `${dienst.naam}Response`, namespace: dienst.namespace },
        signal,
      });
      return antwoordIn(dienst, response, referte);
    },
  };
};
