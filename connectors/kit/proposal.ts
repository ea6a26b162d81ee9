import type { Json } from './message.js';

/** A meldingstype as the tenant knows it; without a name of its own by the last part of its IRI. */
export interface KnownType {
  readonly iri: string;
  readonly name: string;
}

export interface ProposalContext<S> {
  readonly signal: AbortSignal;
  readonly settings: S;
  readonly meldingstypen: readonly KnownType[];
}

/** Settings as they could be, from what the system itself has: for somebody who knows it to look over, never applied by itself. */
export interface Proposal {
  /** Each whole, as it would be declared: what is there today stays. */
  readonly settings: Readonly<Record<string, Json>>;
  /** What could not be proposed, and what today's settings name that the system does not have. */
  readonly remarks: readonly string[];
}

/** Something that can be chosen, under the names by which people may know it. */
export interface Choice<T> {
  readonly names: readonly string[];
  readonly value: T;
}

const stopWords: ReadonlySet<string> = new Set(
  'de het een en of in op aan van voor met te bij over'.split(' '),
);

const wordsIn = (name: string): string[] =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !stopWords.has(word));

/** Shorter words are part of too many others. */
const tellingLength = 4;

/** 1 the same, 0.8 one holds the other (straatverlichting, verlichting), 0 nothing in common. */
const likenessOfWords = (one: string, other: string): number => {
  if (one === other) return 1;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= tellingLength && long.includes(short) ? 0.8 : 0;
};

const bestOf = (numbers: readonly number[]): number => Math.max(0, ...numbers);

/** How much two names say the same: 0 to 1. */
const likeness = (one: string, other: string): number => {
  const [ours, theirs] = [wordsIn(one), wordsIn(other)];
  if (ours.length === 0 || theirs.length === 0) return 0;
  const found = ours.map((word) => bestOf(theirs.map((their) => likenessOfWords(word, their))));
  const sum = found.reduce((total, score) => total + score, 0);
  return sum / Math.max(ours.length, theirs.length);
};

/** Less in common than this is a guess. */
const least = 0.4;

/** The choices that fit a name best: one, several that fit as well, or none. */
export const fitting = <T>(name: string, choices: readonly Choice<T>[]): T[] => {
  const scored = choices.map(({ names, value }) => ({
    value,
    score: bestOf(names.map((one) => likeness(name, one))),
  }));
  const best = bestOf(scored.map(({ score }) => score));
  return best < least ? [] : scored.filter(({ score }) => score === best).map(({ value }) => value);
};
