import { teller, type Told } from '#oslo/told.js';

/** Why orders stand still, per language. */
export const noteTexts = {
  nl: {
    stopped: '{failing} van {all} mislukten: dat is meer dan {percent} %',
    waits: 'Ze wacht op koppelingen die tegengehouden worden of uitgeschakeld zijn',
  },
  en: {
    stopped: '{failing} of {all} failed, which is more than {percent} %',
    waits: 'It waits for lines that are held or switched off',
  },
  fr: {
    stopped: '{failing} sur {all} ont échoué : c’est plus que {percent} %',
    waits: 'Il attend des liaisons qui sont retenues ou désactivées',
  },
} as const;

const tell = teller(noteTexts);

/** Of an order that waits for its lines. */
export const waitingNote = tell('waits')('en');

/** Of an order that stopped itself. */
export const stoppedNote = (failing: number, all: number, percent: number): string =>
  tell('stopped', { failing, all, percent })('en');

const stopped = /^(\d+) of (\d+) failed, which is more than (\d+) %$/;

/** What stands with an order, which is kept in English, in the language of whoever reads it. */
export const noteTold = (note: string): Told => {
  if (note === waitingNote) return tell('waits');
  const [, failing, all, percent] = stopped.exec(note) ?? [];
  return failing === undefined || all === undefined || percent === undefined
    ? () => note
    : tell('stopped', { failing, all, percent });
};
