import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownState, stateAt } from '../../bootstrap/checkout.mjs';
import { lockHolder } from '../../bootstrap/lock.mjs';
import { stopRecorded } from '../../bootstrap/running.mjs';
import { makePassable } from '../../bootstrap/unprivileged.mjs';
import { closeSpaces } from './space.mjs';

const prefix = 'lb-bus-chaos-';

/** What runs leave behind: pictures and logs. */
export const reportFolder = join(ownState.folder, 'chaos');

/** Where a run keeps everything: walkable for the login under which PostgreSQL runs. */
export const runState = () => {
  const folder = join(tmpdir(), `${prefix}${process.pid}`);
  makePassable(folder);
  return stateAt(folder);
};

/** @param {import('../../bootstrap/checkout.mjs').State} state */
export const removeGround = (state) => {
  closeSpaces(state.folder);
  rmSync(state.folder, { recursive: true, force: true });
};

/** What runs that were killed left behind: their guards stopped the processes, folders and mounts stay. */
export const removeLeftovers = async () => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const state = stateAt(join(tmpdir(), name));
    if (lockHolder(state.lock)) continue;
    await stopRecorded(state.run, { atOnce: () => true });
    removeGround(state);
  }
};
