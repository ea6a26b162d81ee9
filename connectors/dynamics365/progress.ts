import type { Message } from '#kit/definition.js';
import { addressLines, bodyLines, plainLine, statusLines } from '#kit/melding-lines.js';
import type { Line } from '#kit/melding-lines.js';
import { heldAttachments, knownNumbers } from '#kit/melding.js';
import { labelOf } from '#kit/melding-status.js';
import type { MeldingAangevuld, MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import { noteText } from './notes.js';
import type { DynamicsSettings } from './settings.js';

/** Something to add to an incident that is there already. */
export interface Progress {
  readonly title: string;
  /** Text of the note, as HTML; empty where only attachments are added. */
  readonly note: string;
  /** The status that the incident gets; null where it keeps its own. */
  readonly status: { readonly statecode: number; readonly statuscode: number } | null;
  readonly attachments: readonly string[];
  /** Numbers under which the incident may be known, where the bus has no reference to it. */
  readonly numbers: readonly string[];
}

/** Longest ticket number. */
const numberLength = 100;

const numbersOf = (message: Message<MeldingAangevuld | MeldingStatusGewijzigd>): string[] =>
  knownNumbers(message).filter(
    (number) => /^[^\p{Cc}\p{Cs}]+$/u.test(number) && number.length <= numberLength,
  );

const noteOf = (lines: readonly Line[]): string => noteText(lines.map(plainLine).join('\n'));

/** The new status of a melding as a note, and as status reason where the table has one. */
export const statusToProgress = (
  message: Message<MeldingStatusGewijzigd>,
  settings: DynamicsSettings,
): Progress => {
  const [status] = message.data.heeftStatus;
  const label = labelOf(status.statusType['@id']);
  return {
    title: `LB-bus: ${label}`,
    note: noteOf(statusLines(status)),
    status: settings.statuscodes[label] ?? null,
    attachments: [],
    numbers: numbersOf(message),
  };
};

/** What was added to a melding as a note, with its attachments. */
export const additionToProgress = (message: Message<MeldingAangevuld>): Progress => ({
  title: 'LB-bus: aanvulling',
  note: noteOf([...bodyLines(message.data.heeftBody), ...addressLines(message.data.heeftDoelwit)]),
  status: null,
  attachments: heldAttachments(message.data.heeftBody),
  numbers: numbersOf(message),
});
