import { names } from './names.js';
import type { Story } from './stories.js';

/** Whole numbers below `limit`, the same for the same words. */
export type Choose = (words: string, limit: number) => number;

const emailName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\p{L}]+/gu, '.')
    .replace(/[^a-zA-Z.]/g, '')
    .replace(/^\.+|\.+$/g, '')
    .toLowerCase();

/** Numbers from a range that is not given out. */
const telephone = (choose: Choose): string => `+32 400 00 ${choose('telephone', 90) + 10} 00`;

const contact = (name: string, choose: Choose): object => {
  const email = `${emailName(name) || 'inwoner'}@example.org`;
  const ways = [{ email }, { telefoon: telephone(choose) }, { email, telefoon: telephone(choose) }];
  return { '@type': 'Contactpunt', ...ways[choose('contact', ways.length)] };
};

const two = (number: number): string => String(number).padStart(2, '0');
const checkOf = (digits: string): string => two(97 - (Number(digits) % 97));

/** Invented: the month is 60 higher than any month, so that nobody has the number. */
const inszOf = (choose: Choose): string => {
  const birth = [choose('year', 60) + 40, choose('month', 12) + 61, choose('day', 28) + 1];
  const serial = String(choose('serial', 997) + 1).padStart(3, '0');
  const nine = `${birth.map(two).join('')}${serial}`;
  return `${nine}${checkOf(nine)}`;
};

/** Invented: from a range that the KBO has not given out. */
const kboOf = (choose: Choose): string => {
  const eight = `0995${String(choose('kbo', 10_000)).padStart(4, '0')}`;
  return `${eight}${checkOf(eight)}`;
};

const vCodeOf = (choose: Choose): string =>
  `V99${String(choose('vcode', 100_000)).padStart(5, '0')}`;

const identificator = (number: string): object => ({
  '@type': 'Identificator',
  identificator: number,
});

/** Known by number, which says to whom Mijn Burgerprofiel shows the melding. */
const citizen = (choose: Choose): object => ({
  '@type': ['GeregistreerdPersoon', 'Agent'],
  registratie: identificator(inszOf(choose)),
});

const person = (name: string, choose: Choose): object => {
  const [first = name, ...rest] = name.split(' ');
  const named =
    rest.length === 0 || name.includes('&')
      ? { volledigeNaam: name }
      : { voornaam: [first], achternaam: rest.join(' ') };
  return {
    ...citizen(choose),
    ...named,
    ...(choose('reachable', 6) > 0 && { contactinfo: [contact(name, choose)] }),
  };
};

/**
 * Who reports: as the story says, or one of the invented names; now and then somebody who says no name to whoever
 * handles the melding. All have signed in at Mijn Burgerprofiel.
 */
export const senderOf = (story: Story, choose: Choose): object => {
  const { vereniging, organisatie, door } = story;
  if (story.anoniem === true) return citizen(choose);
  if (vereniging !== undefined)
    return {
      '@type': 'FeitelijkeVereniging',
      voorkeursnaam: vereniging,
      identificator: [identificator(vCodeOf(choose))],
    };
  if (organisatie !== undefined)
    return {
      '@type': ['GeregistreerdeOrganisatie', 'Agent'],
      voorkeursnaam: organisatie,
      registratie: identificator(kboOf(choose)),
    };
  if (door !== undefined) return person(door, choose);
  if (choose('anonymous', 14) === 0) return citizen(choose);
  return person(names[choose('name', names.length)] ?? 'An Voorbeeld', choose);
};
