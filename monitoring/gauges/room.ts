/** `LBBUS_DATABASE_ROOM_GIB`; null where nobody said how large the disk of the database is. Throws where it is no size. */
export const readRoomGib = (env: Readonly<Record<string, string | undefined>>): number | null => {
  const text = env['LBBUS_DATABASE_ROOM_GIB'];
  if (text === undefined || text === '') return null;
  const gib = Number(text);
  if (!(gib > 0 && Number.isFinite(gib)))
    throw new Error(`LBBUS_DATABASE_ROOM_GIB="${text}" is not a number of GiB above 0`);
  return gib;
};
