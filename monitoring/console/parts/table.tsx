import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand to the right. */
  readonly number?: boolean;
  /** The first thing that a row is known by. */
  readonly rowHead?: boolean;
}

const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select';

/** Up and down go to the same place in the next row. */
const walk = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const row = (event.target as HTMLElement).closest('tr');
  if (!row || (event.target as HTMLElement).matches('select, input:not([type=checkbox])')) return;
  const place = [...row.querySelectorAll(focusable)].indexOf(event.target as HTMLElement);
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
  const target = next?.querySelectorAll<HTMLElement>(focusable)[Math.max(place, 0)];
  if (!target) return;
  event.preventDefault();
  target.focus();
};

/** A box that scrolls and holds nothing to go to is gone to itself, so that keys can scroll it. */
const reachable = (box: HTMLElement | null): (() => void) | undefined => {
  if (!box) return undefined;
  const watch = new ResizeObserver(() => {
    const scrolls = box.scrollWidth > box.clientWidth && box.querySelector(focusable) === null;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  });
  watch.observe(box);
  if (box.firstElementChild) watch.observe(box.firstElementChild);
  return () => watch.disconnect();
};

/**
 * Rows in columns; on a narrow screen each row is a card. `more` gives the next page. The box scrolls by itself, never
 * the page.
 */
export const Table = <Row,>({
  label,
  columns,
  rows,
  rowKey,
  more,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly more?:
    | { readonly load: () => void; readonly busy: boolean; readonly words?: string }
    | null
    | undefined;
}) => {
  const { t } = useTranslation('parts');
  return (
    <div className="table-box" ref={reachable}>
      <table aria-label={label} onKeyDown={walk}>
        <thead>
          <tr>
            {columns.map(({ key, head, number }) => (
              <th key={key} scope="col" data-number={number}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, head, cell, number, rowHead }) =>
                rowHead ? (
                  <th key={key} scope="row" data-label={head} data-number={number}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} data-label={head} data-number={number}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {more && (
        <div className="table-more">
          <Button onPress={more.load} busy={more.busy}>
            {more.words ?? t('more')}
          </Button>
        </div>
      )}
    </div>
  );
};
