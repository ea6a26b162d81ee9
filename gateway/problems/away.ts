import { DatabaseUnavailable } from '#runtime/database-unavailable.js';

/** Codes of the network, and of a disk that takes nothing more: a store that is not there now. */
const codes = /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENETUN|ENOSPC|EDQUOT|EROFS|EIO)/;

/** True where an error says that PostgreSQL or another store cannot be asked now, not that the question was wrong. */
export const isAway = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof DatabaseUnavailable) return true;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isAway);
  return 'code' in error && codes.test(String(error.code));
};
