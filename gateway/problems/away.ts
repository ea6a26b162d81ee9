/** Classes and codes of PostgreSQL (appendix A of its manual) and of the network that mean: not there now. */
const codes = /^(?:08|53|57P0|57014|55P03|25006|ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENETUN)/;
const words = /timeout exceeded when trying to connect|Connection terminated|Query read timeout/;

/** True where an error says that PostgreSQL or another store cannot be asked now, not that the question was wrong. */
export const isAway = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isAway);
  const code = 'code' in error ? String(error.code) : '';
  const message = 'message' in error ? String(error.message) : '';
  return codes.test(code) || words.test(message);
};
