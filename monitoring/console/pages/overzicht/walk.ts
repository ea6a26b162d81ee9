import { useCallback, useRef, type FocusEvent, type KeyboardEvent } from 'react';

const selector = '[data-tile]';

type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

const isDirection = (key: string): key is Direction => key.startsWith('Arrow');

const middleOf = (element: Element): { readonly x: number; readonly y: number } => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
};

/** The nearest tile of the rows above or below; of those, the one straight on. */
const inOtherRow = (tiles: readonly Element[], from: Element, down: boolean): Element | null => {
  const { x, y } = middleOf(from);
  const beyond = tiles
    .filter((tile) => tile !== from)
    .map((tile) => ({ tile, ...middleOf(tile) }))
    .filter((one) => (down ? one.y > y + 4 : one.y < y - 4));
  const nearestY = beyond.reduce((least, one) => Math.min(least, Math.abs(one.y - y)), Infinity);
  const row = beyond.filter((one) => Math.abs(Math.abs(one.y - y) - nearestY) < 12);
  row.sort((one, other) => Math.abs(one.x - x) - Math.abs(other.x - x));
  return row[0]?.tile ?? null;
};

const nextOf = (tiles: readonly Element[], from: Element, key: string): Element | null => {
  if (key === 'ArrowUp' || key === 'ArrowDown') return inOtherRow(tiles, from, key === 'ArrowDown');
  const place = tiles.indexOf(from);
  const places = { Home: 0, End: tiles.length - 1, ArrowLeft: place - 1, ArrowRight: place + 1 };
  return tiles[places[key as keyof typeof places]] ?? null;
};

const focusableIn = 'a[href], button';

/** Of all tiles one is in the order of the Tab key; its own links with it. */
const settle = (grid: Element, chosen: Element): void => {
  for (const tile of grid.querySelectorAll(selector))
    for (const link of tile.querySelectorAll<HTMLElement>(focusableIn))
      link.tabIndex = tile === chosen ? 0 : -1;
};

/** Tiles through which the arrow keys go in all four directions, Home and End to the ends; Tab goes past them. */
export const useWalk = () => {
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>): void => {
    const from = (event.target as Element).closest(selector);
    if (!grid.current || !from) return;
    if (!isDirection(event.key) && event.key !== 'Home' && event.key !== 'End') return;
    const next = nextOf([...grid.current.querySelectorAll(selector)], from, event.key);
    if (!next) return;
    event.preventDefault();
    settle(grid.current, next);
    next.querySelector<HTMLElement>(focusableIn)?.focus();
  }, []);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>): void => {
    const tile = event.target.closest(selector);
    if (grid.current && tile) settle(grid.current, tile);
  }, []);
  /** After each drawing: the first tile can be reached, where none was yet. */
  const ready = useCallback((element: HTMLDivElement | null): void => {
    grid.current = element;
    if (!element) return;
    const current = element.querySelector(`${selector} a[tabindex="0"]`)?.closest(selector);
    const chosen = current ?? element.querySelector(selector);
    if (chosen) settle(element, chosen);
  }, []);
  return { ref: ready, onKeyDown, onFocus };
};
