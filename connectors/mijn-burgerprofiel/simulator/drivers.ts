import type { Json } from '#kit/message.js';
import { process } from './dosis.js';
import { isFields } from './office.js';
import type { Flaw, Office } from './office.js';

type Driver = (office: Office, input: Json) => Json;

const quiet =
  (act: (office: Office, input: Readonly<Record<string, unknown>>) => void): Driver =>
  (office, input) => {
    act(office, isFields(input) ? input : {});
    return null;
  };

/** What happens at the other side, and what goes wrong there. */
export const drivers: Readonly<Record<string, Driver>> = {
  /** What is taken from now on is not processed. */
  hold: quiet((office) => {
    office.held = true;
  }),
  /** What was taken is processed, in order, and so is what comes. */
  process: quiet((office) => {
    office.held = false;
    for (const upload of office.uploads.values())
      if (upload.faults === null) process(office, upload);
  }),
  /** `{reason}`: the next dossier that is processed is refused. */
  refuse: quiet((office, { reason }) => {
    office.refusal = typeof reason === 'string' ? reason : 'Het product bestaat niet';
  }),
  /** What was taken is lost before it was processed. */
  loseUploads: quiet(({ uploads }) => {
    uploads.clear();
  }),
  /** Withdraws every token before its time. */
  revokeTokens: quiet(({ acm }) => {
    acm.tokens.clear();
  }),
  /** `{flaws}`: what is wrong from now on. */
  setFlaws: quiet((office, { flaws }) => {
    office.flaws.clear();
    if (Array.isArray(flaws)) for (const flaw of flaws) office.flaws.add(flaw as Flaw);
  }),
};
