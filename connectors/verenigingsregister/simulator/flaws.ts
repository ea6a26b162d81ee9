import type { SimulatedAnswer } from '#kit/simulator.js';

/** Ways in which what answers is no sound register. */
export const flawNames = [
  'wrong-types',
  'other-association',
  'exception',
  'failing',
  'throttled',
  'warning',
] as const;

export type Flaw = (typeof flawNames)[number];

type Body = Readonly<Record<string, unknown>>;

const detailIn = (json: unknown): Body | null => {
  const { vereniging } = json as { vereniging?: Body };
  return vereniging ?? null;
};

const withDetail = (answer: SimulatedAnswer, changes: Body): SimulatedAnswer => {
  const detail = detailIn(answer.json);
  if (!detail) return answer;
  return { ...answer, json: { ...(answer.json as Body), vereniging: { ...detail, ...changes } } };
};

const withExceptions = (
  answer: SimulatedAnswer,
  ...exceptions: readonly Body[]
): SimulatedAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'x-magda-exceptions': JSON.stringify(exceptions) },
});

const uitzondering = (identificatie: string, type: string, diagnose: string): Body => ({
  identificatie,
  oorsprong: 'MAGDA',
  type,
  diagnose,
});

const kinds: Readonly<Record<Flaw, (answer: SimulatedAnswer) => SimulatedAnswer>> = {
  'wrong-types': (answer) => withDetail(answer, { naam: 7, sleutels: 'geen' }),
  'other-association': (answer) => withDetail(answer, { vCode: 'V0009999' }),
  exception: (answer) =>
    withExceptions(answer, uitzondering('60006', 'FOUT', 'Geen antwoord van de bron ontvangen')),
  failing: (answer) => ({
    ...withExceptions(answer, uitzondering('40006', 'FOUT', 'Fout in autorisatie')),
    status: 500,
    json: {},
  }),
  throttled: (answer) =>
    withExceptions(answer, uitzondering('99995', 'FOUT', 'Te veel gelijktijdige bevragingen')),
  warning: (answer) =>
    withExceptions(answer, uitzondering('70001', 'WAARSCHUWING', 'Antwoord met waarschuwing')),
};

/** The answer as the flaws of this environment make it. */
export const flawed = (answer: SimulatedAnswer, flaws: ReadonlySet<Flaw>): SimulatedAnswer =>
  answer.status === 200 || flaws.has('failing')
    ? [...flaws].reduce((before, flaw) => kinds[flaw](before), answer)
    : answer;
