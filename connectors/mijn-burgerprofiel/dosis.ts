import { randomUUID } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { SendContext } from '#kit/operation.js';
import { Failure } from '#kit/failure.js';
import { scrub } from '#kit/scrub.js';
import type { Dosis } from './client.js';
import type { DosisDossier, Facts } from './dossier.js';

const dossiers = '/api/v1/dosis/dossiers';
const results = '/api/v1/dosis/resultaten/perUploadId';
const sources = '/api/v2/dosis/bronnen/uris';

type Identificatie = Facts['Identificatie'];
type Call = Pick<SendContext, 'signal'>;

const Upload = Type.Object({ UploadId: Type.String({ pattern: '^[0-9A-Fa-f-]{32,36}$' }) });

const Optional = <T extends ReturnType<typeof Type.String>>(value: T) =>
  Type.Optional(Type.Union([value, Type.Null()]));

const Result = Type.Object({
  Identificatie: Type.Object({ Bron: Type.String(), DossierNummer: Type.String() }),
  UploadId: Type.String(),
  Succes: Type.Boolean(),
  Fout: Optional(Type.String()),
  Fouten: Type.Optional(
    Type.Union([Type.Null(), Type.Array(Type.Object({ Omschrijving: Optional(Type.String()) }))]),
  ),
});

/** One result, or a list of one. */
const Results = Type.Union([Result, Type.Array(Result)]);

type UploadResult = Static<typeof Result>;

/** An upload that DOSIS has taken, and when we sent it. */
interface Taken {
  readonly uploadId: string;
  readonly sentAtMs: number;
}

const textOf = ({ uploadId, sentAtMs }: Taken): string => `${uploadId} ${sentAtMs}`;

const takenIn = (text: string | undefined): Taken | null => {
  const [, uploadId, sentAt] = /^(\S+) (\d+)$/.exec(text ?? '') ?? [];
  return uploadId === undefined ? null : { uploadId, sentAtMs: Number(sentAt) };
};

const isFound = (failure: unknown): boolean =>
  !(failure instanceof Failure && failure.code === 'not-found');

/** An address that is not there concerns every message. */
const withoutAddress = (failure: unknown, path: string): unknown =>
  isFound(failure)
    ? failure
    : new Failure('pause', `DOSIS does not know ${path}: its address in the settings is wrong`, {
        code: 'misconfigured',
        cause: failure,
      });

const post = async ({ http }: Dosis, dossier: DosisDossier, { signal }: Call): Promise<Taken> => {
  const json = { ...dossier, UploadId: randomUUID() };
  const { UploadId } = await http
    .post(dossiers, json, { signal, as: Upload })
    .catch((failure: unknown) => {
      throw withoutAddress(failure, dossiers);
    });
  return { uploadId: UploadId, sentAtMs: Date.now() };
};

const inProgress = (taken: Taken, { resultSeconds }: Dosis['settings']): Failure =>
  new Failure('retry', 'DOSIS has taken the dossier and is still processing it', {
    code: 'in-progress',
    retryAfterMs: 1_000 * resultSeconds,
    taken: textOf(taken),
  });

const isOf = (result: UploadResult, { uploadId }: Taken, wanted: Identificatie): boolean =>
  result.UploadId.toLowerCase() === uploadId.toLowerCase() &&
  result.Identificatie.Bron === wanted.Bron &&
  result.Identificatie.DossierNummer === wanted.DossierNummer;

/** The result of an upload; null while there is none. */
const readResult = async (
  { http }: Dosis,
  taken: Taken,
  { dossier, signal }: Call & { readonly dossier: DosisDossier },
): Promise<UploadResult | null> => {
  const query = { uploadId: taken.uploadId };
  let found: Static<typeof Results>;
  try {
    found = await http.get(results, { query, signal, as: Results });
  } catch (failure) {
    if (isFound(failure)) throw failure;
    return null;
  }
  const all = Array.isArray(found) ? found : [found];
  const [ours] = all.filter((result) => isOf(result, taken, dossier.Identificatie));
  if (ours) return ours;
  if (all.length === 0) return null;
  throw new Failure('retry', 'DOSIS answered with the result of another upload than was asked', {
    code: 'unavailable',
  });
};

const reasonOf = ({ Fout, Fouten }: UploadResult): string => {
  const texts = [Fout, ...(Fouten ?? []).map(({ Omschrijving }) => Omschrijving)];
  return scrub(texts.filter((text) => typeof text === 'string' && text !== '').join(': '));
};

/** Throws until there is a result, and where it is a bad one. */
const awaitResult = async (
  dosis: Dosis,
  taken: Taken,
  call: Call & { readonly dossier: DosisDossier },
): Promise<void> => {
  const result = await readResult(dosis, taken, call);
  if (!result) throw inProgress(taken, dosis.settings);
  if (result.Succes) return;
  const reason = reasonOf(result) || 'it does not say why';
  throw new Failure('reject', `DOSIS could not process the dossier: ${reason}`, {
    code: 'invalid',
  });
};

const isRecent = ({ sentAtMs }: Taken, { resendMinutes }: Dosis['settings']): boolean =>
  Date.now() - sentAtMs < 60_000 * resendMinutes;

/**
 * Brings a dossier to DOSIS: returns once it was processed. Until then it throws what the next attempt asks by; an upload
 * that gets no result is sent again, which changes nothing where it had come.
 */
export const upsert = async (
  dosis: Dosis,
  dossier: DosisDossier,
  context: SendContext,
): Promise<void> => {
  const earlier = takenIn(context.taken);
  if (earlier && isRecent(earlier, dosis.settings))
    return awaitResult(dosis, earlier, { dossier, signal: context.signal });
  const taken = await post(dosis, dossier, context);
  if (dosis.settings.asksResult) throw inProgress(taken, dosis.settings);
};

/** Removes a dossier; one that is not there is fine. */
export const remove = async (
  { http }: Dosis,
  { Identificatie: { Bron, DossierNummer } }: DosisDossier,
  { signal }: Call,
): Promise<void> => {
  const query = { bron: Bron, dossierNummer: DossierNummer };
  await http.delete(dossiers, { query, signal }).catch((failure: unknown) => {
    if (isFound(failure)) throw failure;
  });
};

/** Throws where DOSIS does not know us, or does not know our source. */
export const checkSource = async ({ http, bron }: Dosis, { signal }: Call): Promise<void> => {
  const known = await http.get(sources, { signal }).catch((failure: unknown) => {
    throw withoutAddress(failure, sources);
  });
  // Texts or objects with a text: the shape of this list is not published.
  if (JSON.stringify(known).includes(JSON.stringify(bron))) return;
  throw new Failure('pause', `DOSIS does not know ${bron} as a source of this client`, {
    code: 'misconfigured',
  });
};
