/** What the test runner provides under `name`; throws with the way to get it. */
export const provided = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: run this test through "npm test -- <path>"`);
  return value;
};
