import { scopeOf, type Database, type Scoped } from '#runtime/database.js';
import { Together } from '#runtime/together.js';
import type { Line } from '../line.js';
import {
  endQuestions,
  noteQuestions,
  type KnownQuestion,
  type Numbered,
  type QuestionEnding,
  type Seen,
} from './store.js';

/** The two transactions of a question; those of several questions are one where they come together. */
export interface QuestionTransactions {
  readonly note: Pick<Together<Seen, KnownQuestion>, 'do'>;
  /** Null where another process has come to an end before. */
  readonly end: Pick<Together<QuestionEnding, Numbered | null>, 'do'>;
}

/** Opens the transactions of a process; each may throw `DatabaseUnavailable`, and is then to be asked again. */
export const openQuestionTransactions = (database: Database): QuestionTransactions => {
  const together = <Item extends { readonly line: Line }, Result>(
    idOf: (item: Item) => string,
    write: (trx: Scoped, items: readonly Item[]) => Promise<readonly Result[]>,
  ): Together<Item, Result> =>
    new Together({
      tenantOf: ({ line }) => line.tenant,
      keysOf: (item) => [`${item.line.tenant}/${idOf(item)}`],
      all: (items) =>
        database.scoped(scopeOf(items.map(({ line }) => line.tenant)), (trx) => write(trx, items)),
    });
  return {
    note: together(({ envelope }) => envelope.id, noteQuestions),
    end: together(({ message }) => message, endQuestions),
  };
};
