import { soapEnvelope } from './names.js';
import { childOf, parseXml, textOf, UnreadableXml } from './xml.js';
import type { XmlElement } from './xml.js';

/** What a service says instead of an answer (SOAP 1.1, section 4.4). */
export interface SoapFault {
  /** Without prefix, such as `Server`. */
  readonly code: string;
  readonly text: string;
  readonly detail: XmlElement | undefined;
}

/** The fault in an envelope; null where it holds another body. */
export const faultOf = (envelope: XmlElement): SoapFault | null => {
  const fault = childOf(envelope, 'Body', 'Fault');
  if (fault?.namespace !== soapEnvelope) return null;
  return {
    code: textOf(fault, 'faultcode')?.replace(/^.*:/, '') ?? '',
    text: textOf(fault, 'faultstring') ?? '',
    detail: childOf(fault, 'detail'),
  };
};

/** The fault in the body of an HTTP error; null where it is something else. */
export const faultIn = (body: unknown): SoapFault | null => {
  if (typeof body !== 'string') return null;
  try {
    return faultOf(parseXml(body));
  } catch (error) {
    if (error instanceof UnreadableXml) return null;
    throw error;
  }
};
