import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { soapEnvelope } from '#kit/soap/names.js';
import { childOf, parseXml, textOf, UnreadableXml } from '#kit/soap/xml.js';
import type { XmlElement } from '#kit/soap/xml.js';
import { dienstPath } from '../diensten.js';
import type { Dienst } from '../diensten.js';
import { beantwoord, fault, geweigerd } from './antwoorden.js';
import type { Gevraagd } from './antwoorden.js';
import { dienstverleningen } from './bevraging.js';
import { wrongRequest } from './shapes.js';
import { hoedanigheden } from './state.js';
import type { Omgeving } from './state.js';
import { checkSignature, isAdmitted, Onbetrouwbaar } from './toegang.js';
import { uitzonderingen } from './uitzonderingen.js';

const byPath = new Map([...dienstverleningen.keys()].map((dienst) => [dienstPath(dienst), dienst]));

const notFormed = (why: string): SimulatedAnswer =>
  fault(`10001 - Fout formaat in de vraag (XML validatie) ++ ${why}`);

/** True where this question is one more than may be asked within a second. */
const isTooMany = (omgeving: Omgeving): boolean => {
  const now = omgeving.tools.now().getTime();
  omgeving.asked = [...omgeving.asked.filter((at) => now - at < 1_000), now];
  return omgeving.limit !== null && omgeving.asked.length > omgeving.limit;
};

const gevraagdIn = (body: XmlElement): Gevraagd => {
  const afzender = childOf(body, 'Verzoek', 'Context', 'Bericht', 'Afzender');
  return {
    identificatie: textOf(afzender, 'Identificatie') ?? '',
    referte: textOf(afzender, 'Referte') ?? '',
    vraagReferte: textOf(body, 'Verzoek', 'Vragen', 'Vraag', 'Referte') ?? '',
    hoedanigheid: textOf(afzender, 'Hoedanigheid'),
  };
};

const isMeant = ({ naam, versie }: Dienst, body: XmlElement): boolean => {
  const context = childOf(body, 'Verzoek', 'Context');
  return textOf(context, 'Naam') === naam && textOf(context, 'Versie') === `${versie}.0000`;
};

const served = (omgeving: Omgeving, dienst: Dienst, body: XmlElement): SimulatedAnswer => {
  const gevraagd = gevraagdIn(body);
  const now = omgeving.tools.now();
  const { identificatie, hoedanigheid = '' } = gevraagd;
  if (identificatie !== omgeving.identificatie || !hoedanigheden.has(hoedanigheid))
    return geweigerd(dienst, gevraagd, { reden: uitzonderingen.autorisatie, now });
  const inhoud = childOf(body, 'Verzoek', 'Vragen', 'Vraag', 'Inhoud') ?? body;
  const uitkomst = dienstverleningen.get(dienst)?.(omgeving, {
    inhoud,
    identificatie,
    hoedanigheid,
  });
  return beantwoord(dienst, gevraagd, { uitkomst: uitkomst ?? {}, now });
};

/** The one element that is asked, once the envelope and its signature are right; text that says why it is not there. */
const bodyIn = (omgeving: Omgeving, request: SimulatedRequest): XmlElement | string => {
  const envelope = parseXml(request.body.toString());
  if (envelope.name !== 'Envelope' || envelope.namespace !== soapEnvelope)
    return 'geen SOAP 1.1 Envelope';
  checkSignature(omgeving, request, envelope);
  const [body, more] = childOf(envelope, 'Body')?.children ?? [];
  return body && !more ? body : 'Body moet juist één element bevatten';
};

const asked = (omgeving: Omgeving, dienst: Dienst, body: XmlElement): SimulatedAnswer => {
  const wrong = wrongRequest(dienst, body);
  if (wrong !== null) return notFormed(wrong);
  if (!isMeant(dienst, body)) return notFormed('Naam of Versie is niet die van de dienst');
  return served(omgeving, dienst, body);
};

const read = (omgeving: Omgeving, dienst: Dienst, request: SimulatedRequest): SimulatedAnswer => {
  try {
    const body = bodyIn(omgeving, request);
    return typeof body === 'string' ? notFormed(body) : asked(omgeving, dienst, body);
  } catch (error) {
    if (error instanceof Onbetrouwbaar)
      return fault(`ERR_025: Verification Failure: ${error.message}`);
    if (error instanceof UnreadableXml) return notFormed(error.message);
    throw error;
  }
};

/** Answers one call as MAGDA and the gateway before it would. */
export const answerCall = (omgeving: Omgeving, request: SimulatedRequest): SimulatedAnswer => {
  const dienst = byPath.get(request.path);
  if (!dienst) return { status: 404, body: 'Not found' };
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  if (!isAdmitted(omgeving, request)) return { status: 403, body: 'Client certificate' };
  if (isTooMany(omgeving))
    return fault(`Exceeded the max throttle rate of ${omgeving.limit ?? 0} within 1000ms`);
  return read(omgeving, dienst, request);
};
