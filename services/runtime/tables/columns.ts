import type { ColumnType } from 'kysely';

/** A moment: read as Date, written as Date. */
export type Moment = ColumnType<Date, Date, Date>;
export type GeneratedMoment = ColumnType<Date, Date | undefined, Date>;
/** jsonb: read as parsed JSON, written as JSON text. */
export type JsonColumn<T> = ColumnType<T, string, string>;
