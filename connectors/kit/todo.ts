/** Stands where a new connector still has to be written: the contract suite fails and says what is to be done. */
export const todo = (what: string): never => {
  throw new Error(`To do: ${what}`);
};
