import type { Message } from '#kit/message.js';
import type { PersoonGewijzigd } from '#oslo/generated/persoon.js';
import { isInsz } from '#oslo/numbers.js';
import type { Burgerprofiel } from './client.js';
import type { Facts } from './dossier.js';
import type { BurgerprofielSettings } from './settings.js';

/** That a person has another number than before; null where the message says nothing of that. */
export interface NewNumber {
  readonly former: string;
  readonly number: string;
  /** As long as anything may be kept under the former number. */
  readonly days: number;
}

export const fromPersoon = (
  { data: { registratie, vroegereRegistratie } }: Message<PersoonGewijzigd>,
  { keepDays }: BurgerprofielSettings,
): NewNumber | null => {
  const number = registratie.identificator;
  const former = vroegereRegistratie?.identificator;
  return former === undefined || former === number ? null : { former, number, days: keepDays };
};

type Remembering = Pick<Burgerprofiel, 'memory' | 'pseudonym'>;

const keyOf = ({ pseudonym }: Remembering, number: string): string => `nummer:${pseudonym(number)}`;

/** Remembers, sealed, by which number the person is known from now on; answers whether there was anything to remember. */
export const follow = async (client: Remembering, news: NewNumber | null): Promise<boolean> => {
  if (!news) return false;
  const { former, number, days } = news;
  await client.memory.write(keyOf(client, former), number, { days, sealed: true });
  // Where a correction gave it back, it does not lead on.
  await client.memory.forget(keyOf(client, number));
  return true;
};

/** Nobody has more numbers in the time that anything is kept. */
const mostNumbers = 10;

const numberOfNow = async (client: Remembering, number: string): Promise<string> => {
  let now = number;
  if (!isInsz(number)) return now;
  for (let followed = 0; followed < mostNumbers; followed += 1) {
    const next = await client.memory.read(keyOf(client, now));
    if (typeof next !== 'string') return now;
    now = next;
  }
  return now;
};

/** The same dossier, with the numbers by which people are known by now. */
export const withNumbersOfNow = async (client: Remembering, facts: Facts): Promise<Facts> => ({
  ...facts,
  Agenten: await Promise.all(
    facts.Agenten.map(async (agent) => ({
      ...agent,
      Identificatie: await numberOfNow(client, agent.Identificatie),
    })),
  ),
});
