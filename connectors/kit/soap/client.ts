import { Failure } from '../failure.js';
import type { HttpClient } from '../http.js';
import { faultOf } from './fault.js';
import type { SoapFault } from './fault.js';
import { soapEnvelope } from './names.js';
import type { Signer } from './signature.js';
import type { Markup } from './template.js';
import { childOf } from './xml.js';
import type { XmlElement } from './xml.js';

export interface SoapOptions {
  readonly http: HttpClient;
  /** Name of the system in failures. */
  readonly system: string;
  readonly sign: Signer;
  /** What a fault means that comes with HTTP 200; with 500 the `errors` of the connector say it. */
  readonly failureOf: (fault: SoapFault) => Failure;
}

export interface SoapCall {
  readonly path: string;
  /** The header SOAPAction, without quotes. */
  readonly action: string;
  /** The one element in the body. */
  readonly body: Markup;
  /** Name of the element that answers. */
  readonly answer: { readonly name: string; readonly namespace: string };
  readonly signal: AbortSignal;
}

/** Calls an operation of a SOAP 1.1 service once and gives the element that answers; anything else is a `Failure`. */
export type SoapClient = (call: SoapCall) => Promise<XmlElement>;

const contentOf = (envelope: XmlElement): XmlElement | undefined =>
  envelope.name === 'Envelope' && envelope.namespace === soapEnvelope
    ? childOf(envelope, 'Body')?.children[0]
    : undefined;

/** Each call is signed when it is sent: a repeat of the bus gets a time and a signature of its own. */
export const createSoap =
  ({ http, system, sign, failureOf }: SoapOptions): SoapClient =>
  async ({ path, action, body, answer, signal }) => {
    const { body: document } = await http.request({
      method: 'POST',
      path,
      body: await sign(body, new Date()),
      headers: {
        accept: 'text/xml',
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `"${action}"`,
      },
      expect: 'xml',
      signal,
    });
    const envelope = document as XmlElement;
    const fault = faultOf(envelope);
    if (fault) throw failureOf(fault);
    const content = contentOf(envelope);
    if (content?.name === answer.name && content.namespace === answer.namespace) return content;
    throw new Failure(
      'retry',
      `${system} answered POST ${path} with something else than ${answer.name}`,
      { code: 'unavailable' },
    );
  };
