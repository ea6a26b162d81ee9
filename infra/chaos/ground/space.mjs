import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const mb = 1024 * 1024;
const piece = Buffer.alloc(16 * mb);

/**
 * Puts a file system of `sizeMb` under a folder, where this login may mount.
 * @param {string} folder
 * @param {number} sizeMb
 * @returns {import('../ground.js').Space | null}
 */
export const openSpace = (folder, sizeMb) => {
  mkdirSync(folder, { recursive: true });
  try {
    const options = `size=${sizeMb}m,mode=755`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'lb-bus-chaos', folder], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    fill: async (leaveMb) => {
      const file = await open(filler, 'a');
      try {
        for (;;) {
          const { bavail, bsize } = await statfs(folder);
          const left = bavail * bsize - leaveMb * mb;
          if (left <= 0) return;
          await file.write(piece, 0, Math.min(left, piece.length));
        }
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    free: () => rm(filler, { force: true }),
  };
};

/**
 * Takes away what `openSpace` put below a folder.
 * @param {string} folder
 */
export const closeSpaces = (folder) => {
  for (const name of ['postgres', 'rabbitmq', 'attachments']) {
    try {
      execFileSync('umount', ['-l', join(folder, name)], { stdio: 'ignore' });
    } catch {
      // it was not mounted
    }
  }
};
