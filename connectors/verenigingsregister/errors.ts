import type { ErrorCodes, ErrorMeaning } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { FailureCode, Verdict } from '#kit/failure.js';
import { scrub } from '#kit/scrub.js';

const meaning = (verdict: Verdict, code: FailureCode, text: string): ErrorMeaning => ({
  verdict,
  code,
  meaning: text,
});

const silent = 'The register does not answer MAGDA, or MAGDA is in trouble.';

/** Uitzonderingen of MAGDA by their Identificatie, and the one refusal that is known by its words. */
const table: Readonly<Record<string, ErrorMeaning>> = {
  header: meaning(
    'pause',
    'misconfigured',
    'A header that MAGDA or the register demands is missing or wrong: see `initiator`, `endUserId`, `senderId`, `capacity`.',
  ),
  30001: meaning('reject', 'not-found', 'The register has nothing for the question.'),
  40006: meaning('pause', 'forbidden', 'The local government may not ask this at MAGDA.'),
  60011: meaning('pause', 'forbidden', 'MAGDA has not set up its access to the register.'),
  60006: meaning('retry', 'unavailable', silent),
  60007: meaning('retry', 'unavailable', silent),
  60009: meaning('retry', 'unavailable', silent),
  60013: meaning('retry', 'unavailable', silent),
  90000: meaning('retry', 'unavailable', silent),
  99994: meaning('retry', 'unavailable', silent),
  99995: meaning('retry', 'rate-limited', 'Too many questions at once.'),
  99996: meaning('retry', 'rate-limited', 'Too many questions at once.'),
  99997: meaning('retry', 'unavailable', silent),
};

const textOf = (body: unknown): string => {
  if (typeof body !== 'object' || body === null) return '';
  const { message, detail } = body as { message?: unknown; detail?: unknown };
  return [message, detail].filter((text) => typeof text === 'string').join(' ');
};

const aboutHeader = /header parameter|vr-initiator|vr-api-version|x-correlation-id|x-magda-/i;

interface Uitzondering {
  readonly code: string;
  readonly origin: string;
  readonly type: string;
  readonly text: string;
}

const named = (entry: object, ...names: readonly string[]): string => {
  const found = Object.entries(entry).find(([name]) => names.includes(name.toLowerCase()));
  const value: unknown = found?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const readHeader = (header: string): unknown => {
  try {
    return JSON.parse(header) as unknown;
  } catch {
    return null;
  }
};

/** The header `x-magda-exceptions` is a JSON list; how its fields are written is not published, so either language is read. */
const uitzonderingenIn = (header: string): Uitzondering[] => {
  const list = readHeader(header);
  return (Array.isArray(list) ? list : [list])
    .filter((entry): entry is object => typeof entry === 'object' && entry !== null)
    .map((entry) => ({
      code: named(entry, 'identificatie', 'identification', 'code', 'id'),
      origin: named(entry, 'oorsprong', 'origin', 'source'),
      type: named(entry, 'type', 'severity').toUpperCase(),
      text: named(entry, 'diagnose', 'diagnosis', 'message', 'description'),
    }));
};

const faultIn = (headers: Readonly<Record<string, string>>): Uitzondering | undefined =>
  uitzonderingenIn(headers['x-magda-exceptions'] ?? '').find(
    ({ type }) => type === 'FOUT' || type === 'ERROR' || type === 'FAULT',
  );

/** MAGDA REST, status codes and exceptions; Verenigingsregister beheer API, problem details. */
export const errors: ErrorCodes = {
  codeOf: (body, headers) =>
    faultIn(headers)?.code ?? (aboutHeader.test(textOf(body)) ? 'header' : null),
  table,
};

const failureOf = ({ code, origin, text }: Uitzondering): Failure => {
  const known = new Map(Object.entries(table)).get(code);
  const said = `MAGDA says ${code || 'that the question failed'}${origin === '' ? '' : ` (${origin})`}: ${text}`;
  return new Failure(known?.verdict ?? 'reject', scrub(said), {
    code: known?.code ?? 'invalid',
    ...(/^\w{1,64}$/.test(code) && { externalCode: code }),
  });
};

/** Throws where MAGDA says beside its answer that (part of) the question was not answered; a warning is none. */
export const refuseExceptions = (headers: Readonly<Record<string, string>>): void => {
  const fault = faultIn(headers);
  if (fault) throw failureOf(fault);
};
