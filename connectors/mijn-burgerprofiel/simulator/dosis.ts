import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#kit/message.js';
import type { SimulatedAnswer, SimulatedRequest } from '#kit/simulator.js';
import { bronOf, isFields, textAt } from './office.js';
import type { Fields, Office, Upload } from './office.js';
import { faultsOf, isOlder, wrongWith } from './validation.js';
import type { FieldError } from './validation.js';

/** An error body of DOSIS. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  errors: readonly FieldError[] = [],
): SimulatedAnswer => ({
  status,
  json: {
    code,
    message,
    description: null,
    errors: errors.map((one) => ({ code: 'VELD', description: null, ...one })),
  },
});

const keyOf = (bron: string, number: string): string => JSON.stringify([bron, number]);

const identityOf = ({ Identificatie: identity }: Fields): { bron: string; number: string } => ({
  bron: textAt(identity, 'Bron'),
  number: textAt(identity, 'DossierNummer'),
});

/** The upload itself is no part of the dossier. */
const contentOf = (dossier: Fields): Fields =>
  Object.fromEntries(Object.entries(dossier).filter(([name]) => name !== 'UploadId'));

/** Takes an upload into the dossiers, or finds why not. */
export const process = (office: Office, upload: Upload): void => {
  const { bron, number } = identityOf(upload.dossier);
  const key = keyOf(bron, number);
  const known = office.dossiers.get(key);
  const refused = office.refusal === null ? [] : [office.refusal];
  office.refusal = null;
  upload.faults = [...refused, ...faultsOf(upload.dossier)];
  const content = contentOf(upload.dossier);
  const changesNothing = isOlder(content, known) || isDeepStrictEqual(known, content);
  if (upload.faults.length > 0 || changesNothing) return;
  office.dossiers.set(key, content);
  const { Status: status } = content;
  const [code, detail] = [textAt(status, 'VlaamsCode'), textAt(status, 'Detail1')];
  office.effects.push({ dossier: number, status: code, detail });
};

const take = (office: Office, { headers, json }: SimulatedRequest): SimulatedAnswer => {
  if (!(headers['content-type'] ?? '').startsWith('application/json'))
    return refusal(415, 'CONTENTTYPE', 'Enkel application/json');
  if (!isFields(json)) return refusal(400, 'JSON', 'De body is geen dossier');
  const errors = wrongWith(json);
  if (errors.length > 0) return refusal(400, 'VALIDATIE', 'Het dossier is niet geldig', errors);
  if (identityOf(json).bron !== bronOf(office.account))
    return refusal(403, 'BRON', 'De bron is niet van deze client');
  const id = textAt(json, 'UploadId') || randomUUID();
  const upload: Upload = { id, dossier: json, looks: office.looks, faults: null };
  office.uploads.set(id.toLowerCase(), upload);
  if (!office.held) process(office, upload);
  return { status: 200, json: { Status: 'OK', UploadId: id } };
};

const resultOf = (office: Office, { id, dossier, faults }: Upload): Record<string, unknown> => {
  const { bron, number } = identityOf(dossier);
  const isOfAnother = office.flaws.has('result-of-another');
  const succeeded = faults?.length === 0;
  return {
    Identificatie: {
      Bron: isOfAnother ? 'urn://gemeente-elders/dossiers' : bron,
      DossierNummer: number,
    },
    UploadId: id,
    Bestand: null,
    TijdstipVerwerking: office.tools.now().toISOString(),
    Succes: office.flaws.has('wrong-types') ? 'ja' : succeeded,
    Fout: succeeded ? null : 'Validatiefout',
    Fouten: (faults ?? []).map((fault) => ({ Omschrijving: fault, LijnNummer: 1 })),
    VerwerktVoorOpvraging: succeeded,
  };
};

const result = (office: Office, { query }: SimulatedRequest): SimulatedAnswer => {
  const upload = office.uploads.get((query.get('uploadId') ?? '').toLowerCase());
  const isEarly = !upload || upload.faults === null || upload.looks > 0;
  if (upload) upload.looks -= 1;
  if (isEarly) return refusal(404, 'RESULTAAT', 'Er is nog geen resultaat');
  return { status: 200, json: resultOf(office, upload) };
};

const drop = (office: Office, { query }: SimulatedRequest): SimulatedAnswer => {
  const [bron, number] = [query.get('bron') ?? '', query.get('dossierNummer') ?? ''];
  if (bron !== bronOf(office.account))
    return refusal(403, 'BRON', 'De bron is niet van deze client');
  if (!office.dossiers.delete(keyOf(bron, number)))
    return refusal(404, 'DOSSIER', 'Het dossier bestaat niet');
  office.effects.push({ dossier: number, removed: true });
  return { status: 200, json: { Status: 'OK' } };
};

type Route = (office: Office, request: SimulatedRequest) => SimulatedAnswer;

const routes: Readonly<Record<string, Route>> = {
  'POST /api/v1/dosis/dossiers': take,
  'DELETE /api/v1/dosis/dossiers': drop,
  'GET /api/v1/dosis/resultaten/perUploadId': result,
  'GET /api/v2/dosis/bronnen/uris': ({ account }) => ({ status: 200, json: [bronOf(account)] }),
};

/** DOSIS below its own address. */
export const dosis = (office: Office, request: SimulatedRequest): SimulatedAnswer =>
  routes[`${request.method} ${request.path}`]?.(office, request) ??
  refusal(404, 'METHODE', 'Onbekende methode');

/** The dossiers as an observer sees them. */
export const dossiersIn = ({ dossiers }: Office): Json => [...dossiers.values()] as Json;
