import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the attachments lie in a backup. */
export const attachmentsFolder = 'attachments';

/** The folder of `LBBUS_ATTACHMENTS`. Throws for a bucket, which has copies and versions of its own. */
export const folderOf = (address: string): string => {
  const url = new URL(address);
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new Error(
    `attachments at ${url.protocol} are kept by the bucket itself: switch on its versions or copy it to another one`,
  );
};

/** What an upload has not finished is in no message. */
const isStaging = (path: string): boolean => path.split(sep).includes('staging');

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !isStaging(path));
};

const copyNew = async (from: string, to: string): Promise<boolean> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Copies the sealed attachments that are not there yet; what lies under a name never changes. Taken after the rows, a
 * backup has every attachment that a message in it refers to.
 */
export const copyAttachments = async (
  from: string,
  to: string,
): Promise<{ readonly files: number; readonly bytes: number }> => {
  let [files, bytes] = [0, 0];
  for (const path of await filesIn(from)) {
    if (!(await copyNew(join(from, path), join(to, path)))) continue;
    files += 1;
    bytes += (await stat(join(to, path))).size;
  }
  return { files, bytes };
};
