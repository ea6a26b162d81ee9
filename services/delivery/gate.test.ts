import { expect, it } from '@jest/globals';
import { Gate } from './gate.js';
import { Stopping } from './patience.js';

const line = { tenant: 'aalter', target: 'archief' };

it('gives up a message of a held line that the broker has taken back, as it comes again', async () => {
  const gate = new Gate();
  gate.hold([line]);
  let gone = false;
  const waiting = gate.untilMoving(line, () => gone);
  gone = true;
  await expect(waiting).rejects.toBeInstanceOf(Stopping);
});

it('lets a message wait until its line is held no more', async () => {
  const gate = new Gate();
  gate.hold([line]);
  let moving = false;
  const waiting = gate.untilMoving(line, () => false).then(() => (moving = true));
  await Promise.resolve();
  expect(moving).toBe(false);
  gate.hold([]);
  expect(await waiting).toBe(true);
});

it('lets a message of a line that stands still for long go on, to be written down', async () => {
  const gate = new Gate();
  gate.hold([line]);
  await expect(gate.untilMoving(line, () => false, 1)).resolves.toBeUndefined();
});
