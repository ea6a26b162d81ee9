import type { ErrorCodes, ErrorMeaning } from '#kit/definition.js';
import { Failure } from '#kit/failure.js';
import type { FailureCode, Verdict } from '#kit/failure.js';
import { scrub } from '#kit/scrub.js';
import { faultIn } from '#kit/soap/fault.js';
import type { SoapFault } from '#kit/soap/fault.js';

/** One exception of MAGDA (Generiek-02.00, Uitzondering.xsd): known by its number and its origin together. */
export interface Uitzondering {
  readonly identificatie: string;
  readonly oorsprong: string;
  readonly type: 'FOUT' | 'WAARSCHUWING' | 'INFORMATIE';
  readonly diagnose: string;
  readonly annotaties: Readonly<Record<string, string>>;
}

const meaning = (verdict: Verdict, code: FailureCode, text: string): ErrorMeaning => ({
  verdict,
  code,
  meaning: text,
});

const throttled = meaning('retry', 'rate-limited', 'Too many questions at once.');
const notFound = meaning('reject', 'not-found', 'No data found.');
const notAllowed = meaning('reject', 'conflict', 'The person is not inscribed, and could not be.');
const badQuestion = (text: string): ErrorMeaning => meaning('reject', 'invalid', text);
const away = (text: string): ErrorMeaning => meaning('retry', 'unavailable', text);
/** Of one service: others may well be granted, so that nothing else is held up by it. */
const notGranted = (text: string): ErrorMeaning => meaning('reject', 'unsupported', text);

/** Numbers by which MAGDA says that a person must be inscribed before anything is told. */
export const notInscribed: ReadonlySet<string> = new Set(['13202', '40003']);

/** What the exceptions and faults mean, by number, or by number and origin where another origin means something else. */
const table: Readonly<Record<string, ErrorMeaning>> = {
  '10001': badQuestion('The question is not as the schema wants it.'),
  ERR_025: meaning(
    'pause',
    'unauthorized',
    'The signature is not accepted: certificate or signature profile.',
  ),
  '13202': notAllowed,
  '40003': notAllowed,
  '20002': badQuestion('The number of the person has no valid structure.'),
  '20110': badQuestion('More questions at once than the service takes.'),
  '30001': notFound,
  '30101': notFound,
  '50030': notFound,
  '40000/LED': notFound,
  '40000': badQuestion('The street code does not exist.'),
  '40046': meaning('reject', 'not-found', 'The enterprise number does not exist.'),
  '45008': notFound,
  '30002': meaning('reject', 'not-found', 'The number of the person has been cancelled.'),
  '30003': meaning('reject', 'not-found', 'The number of the person does not exist.'),
  '15021': meaning(
    'reject',
    'not-found',
    'All data were left out: this capacity may not see them.',
  ),
  '30014': badQuestion(
    'The receipt of an earlier delivery is not known: the queue is asked without.',
  ),
  '30016': meaning('reject', 'not-found', 'The queue of changes is empty, which is no error.'),
  '40006': notGranted('Not authorised for this service or these data.'),
  '60011': notGranted('Access to the source has not been set up.'),
  '48074': badQuestion('The street code does not exist.'),
  '48181': badQuestion('The address is that of a fictitious residence.'),
  '60006': away('The source did not answer.'),
  '60007': away('The answer of the source was not understood.'),
  '60009': away('An error inside MAGDA.'),
  '60013': away('The source could not be reached.'),
  '90000': away('The source is not available for the moment.'),
  '99986': away('The source gave an error that MAGDA does not know.'),
  '99994': away('Unexpected error at the source.'),
  '99995': throttled,
  '99996': throttled,
  '99997': away('The service behind MAGDA cannot be reached.'),
};

const byCode = new Map(Object.entries(table));

/** What an exception means: that of its origin goes before that of the number alone. */
const meaningOf = (identificatie: string, oorsprong = ''): ErrorMeaning | undefined =>
  byCode.get(`${identificatie}/${oorsprong}`) ?? byCode.get(identificatie);

/** The number in a fault: before its text, or in the words of the gateway in front of MAGDA. */
const codeOfFault = ({ text }: SoapFault): string | null => {
  if (/max throttle rate/i.test(text)) return '99995';
  return /^\s*(\d{5}|ERR_\d{3})\b/.exec(text)?.[1] ?? null;
};

/** MAGDA, error level 1: the envelope itself was not accepted. */
export const errors: ErrorCodes = {
  codeOf: (body) => {
    const fault = faultIn(body);
    return fault && codeOfFault(fault);
  },
  reasonOf: (body) => faultIn(body)?.text ?? null,
  table,
};

/** MAGDA asks a moment, not a minute: its limits count per second. */
const throttleWaitMs = 1_000;

const failureOf = (said: ErrorMeaning, words: string, externalCode: string | null): Failure =>
  new Failure(said.verdict, scrub(words), {
    code: said.code,
    ...(externalCode !== null && { externalCode }),
    ...(said.code === 'rate-limited' && { retryAfterMs: throttleWaitMs }),
  });

/** A fault that came with HTTP 200. */
export const failureOfFault = (fault: SoapFault): Failure => {
  const code = codeOfFault(fault);
  const said = meaningOf(code ?? '') ?? away('A fault without a known number.');
  return failureOf(said, `MAGDA answered with a fault: ${fault.text}`, code);
};

/** An error that no table knows is looked at by a person: the number may mean that nobody may ask any more. */
const unknownError = meaning('reject', 'invalid', 'Unknown.');

/** MAGDA, error levels 2 (the whole question) and 3 (one question of it). */
export const failureOfUitzondering = (dienst: string, one: Uitzondering): Failure => {
  const { identificatie, oorsprong, diagnose } = one;
  const said = meaningOf(identificatie, oorsprong) ?? unknownError;
  const words = `MAGDA answered ${dienst} with ${identificatie} (${oorsprong}): ${diagnose}`;
  return failureOf(said, words, identificatie);
};

/** An INFORMATIE may mean that there is nothing: only then is it a failure. */
export const isFailure = ({ type, identificatie, oorsprong }: Uitzondering): boolean =>
  type === 'FOUT' ||
  (type === 'INFORMATIE' && meaningOf(identificatie, oorsprong)?.code === 'not-found');
