import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface View extends Point {
  readonly zoom: number;
}

const whole: View = { x: 0, y: 0, zoom: 1 };
const step = 1.3;
const most = 6;
const panShare = 0.08;

const zoomed = (view: View, factor: number): View => ({
  ...view,
  zoom: Math.min(most, Math.max(1, view.zoom * factor)),
});

/** Which part of a picture of this size is seen, and the ways to change it. */
export const useZoom = (width: number, height: number) => {
  const [view, setView] = useState(whole);
  const zoomBy = useCallback((factor: number) => setView((before) => zoomed(before, factor)), []);
  const shown = { width: width / view.zoom, height: height / view.zoom };
  const left = (width - shown.width) / 2 + view.x;
  const top = (height - shown.height) / 2 + view.y;
  return {
    shown,
    viewBox: `${left} ${top} ${shown.width} ${shown.height}`,
    zoomBy,
    closer: () => zoomBy(step),
    farther: () => zoomBy(1 / step),
    fit: () => setView(whole),
    move: (by: Point) =>
      setView((before) => ({
        ...before,
        x: Math.min(width / 2, Math.max(-width / 2, before.x + by.x)),
        y: Math.min(height / 2, Math.max(-height / 2, before.y + by.y)),
      })),
  };
};

type Zoom = ReturnType<typeof useZoom>;

/** Zooms with the wheel and Control; React listens passively, so that the page would zoom as well. */
export const useWheel = (
  frame: RefObject<HTMLElement | null>,
  zoomBy: (factor: number) => void,
): void => {
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? step : 1 / step);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame, zoomBy]);
};

/** What each key does: plus and minus zoom, 0 shows all, the arrows move. */
export const keysOf = ({
  shown,
  closer,
  farther,
  fit,
  move,
}: Zoom): Readonly<Record<string, () => void>> => ({
  '+': closer,
  '=': closer,
  '-': farther,
  '0': fit,
  ArrowLeft: () => move({ x: -shown.width * panShare, y: 0 }),
  ArrowRight: () => move({ x: shown.width * panShare, y: 0 }),
  ArrowUp: () => move({ x: 0, y: -shown.height * panShare }),
  ArrowDown: () => move({ x: 0, y: shown.height * panShare }),
});

/** Moves what is seen by dragging it. */
export const useDrag = ({ shown, move }: Pick<Zoom, 'shown' | 'move'>) => {
  const drag = useRef<Point | null>(null);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      drag.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (!drag.current || event.buttons === 0) return;
      const scale = shown.width / event.currentTarget.clientWidth;
      move({
        x: (drag.current.x - event.clientX) * scale,
        y: (drag.current.y - event.clientY) * scale,
      });
      drag.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: (): void => {
      drag.current = null;
    },
  };
};
