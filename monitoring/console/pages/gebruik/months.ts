/** The month that it is now, here. */
export const thisMonth = (): string =>
  new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' }).slice(0, 7);

/** This month and those before, the latest first. */
export const lastMonths = (count: number): readonly string[] => {
  const [year = 0, month = 1] = thisMonth().split('-').map(Number);
  return Array.from({ length: count }, (_, before) =>
    new Date(Date.UTC(year, month - 1 - before)).toISOString().slice(0, 7),
  );
};
