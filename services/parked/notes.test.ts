import { expect, it } from '@jest/globals';
import { keysApart } from '#infra/testing/told-texts.js';
import { noteTexts, noteTold, stoppedNote, waitingNote } from './notes.js';

it('why an order stands still is kept in English and told in each language', () => {
  const told = [waitingNote, stoppedNote(21, 100, 20), 'as it was once'].map(noteTold);
  expect(told.map((one) => one('nl'))).toEqual([
    'Ze wacht op koppelingen die tegengehouden worden of uitgeschakeld zijn',
    '21 van 100 mislukten: dat is meer dan 20 %',
    'as it was once',
  ]);
  expect(told.map((one) => one('en'))).toEqual([
    waitingNote,
    '21 of 100 failed, which is more than 20 %',
    'as it was once',
  ]);
  expect(keysApart(noteTexts.nl, [noteTexts.en, noteTexts.fr])).toEqual([]);
});
