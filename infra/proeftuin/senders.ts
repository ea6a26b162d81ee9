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

const person = (name: string, choose: Choose): object => {
  const [first = name, ...rest] = name.split(' ');
  const named =
    rest.length === 0 || name.includes('&')
      ? { volledigeNaam: name }
      : { voornaam: [first], achternaam: rest.join(' ') };
  return {
    '@type': ['Persoon', 'Agent'],
    ...named,
    ...(choose('reachable', 6) > 0 && { contactinfo: [contact(name, choose)] }),
  };
};

/** Who reports: as the story says, or one of the invented names; now and then nobody who wants to be known. */
export const senderOf = (story: Story, choose: Choose): object => {
  const { vereniging, organisatie, door } = story;
  if (story.anoniem === true) return { '@type': 'Agent' };
  if (vereniging !== undefined)
    return { '@type': 'FeitelijkeVereniging', voorkeursnaam: vereniging };
  if (organisatie !== undefined)
    return { '@type': ['Organisatie', 'Agent'], voorkeursnaam: organisatie };
  if (door !== undefined) return person(door, choose);
  if (choose('anonymous', 14) === 0) return { '@type': ['Agent'] };
  return person(names[choose('name', names.length)] ?? 'An Voorbeeld', choose);
};
