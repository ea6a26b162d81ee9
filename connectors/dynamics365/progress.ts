import type { Message } from '#kit/message.js';
import { addressLines, bodyLines, plainLine, statusLines } from '#kit/melding-lines.js';
import type { Line } from '#kit/melding-lines.js';
import { heldAttachments, knownNumbers } from '#kit/melding.js';
import { isRegistration, statusIn } from '#kit/status-order.js';
import type { TimedStatus } from '#kit/status-order.js';
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
  /** The status of the melding that this tells; null where it tells none. */
  readonly told: TimedStatus | null;
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
  const told = statusIn(message);
  const wanted = isRegistration(message) ? null : told.label;
  return {
    title: `LB-bus: ${told.label ?? ''}`,
    note: noteOf(statusLines(message.data.heeftStatus[0])),
    status: settings.statuscodes[wanted ?? ''] ?? null,
    told,
    attachments: [],
    numbers: numbersOf(message),
  };
};

/** What was added to a melding as a note, with its attachments. */
export const additionToProgress = (message: Message<MeldingAangevuld>): Progress => ({
  title: 'LB-bus: aanvulling',
  note: noteOf([...bodyLines(message.data.heeftBody), ...addressLines(message.data.heeftDoelwit)]),
  status: null,
  told: null,
  attachments: heldAttachments(message.data.heeftBody),
  numbers: numbersOf(message),
});
