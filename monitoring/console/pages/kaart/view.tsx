import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing, MapFlow } from '../../../map/drawing.ts';
import { Button } from '../../parts/button.tsx';
import { layOut } from './layout.ts';
import { Picture } from './picture.tsx';

interface View {
  readonly x: number;
  readonly y: number;
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

/** The map in a frame: zoomed with the buttons, plus and minus, or the wheel with Control; moved by dragging or the arrow keys. */
export const MapView = ({
  drawing,
  chosen,
  onChoose,
}: {
  readonly drawing: Drawing;
  readonly chosen: string | null;
  readonly onChoose: (flow: MapFlow) => void;
}) => {
  const { t } = useTranslation('kaart');
  const [view, setView] = useState(whole);
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const { width, height } = layOut(drawing);
  const [shownWidth, shownHeight] = [width / view.zoom, height / view.zoom];
  const moved = (by: { readonly x: number; readonly y: number }): void =>
    setView((before) => ({
      ...before,
      x: Math.min(width / 2, Math.max(-width / 2, before.x + by.x)),
      y: Math.min(height / 2, Math.max(-height / 2, before.y + by.y)),
    }));
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setView((before) => zoomed(before, event.deltaY < 0 ? step : 1 / step));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);
  const keys: Readonly<Record<string, () => void>> = {
    '+': () => setView((before) => zoomed(before, step)),
    '=': () => setView((before) => zoomed(before, step)),
    '-': () => setView((before) => zoomed(before, 1 / step)),
    '0': () => setView(whole),
    ArrowLeft: () => moved({ x: -shownWidth * panShare, y: 0 }),
    ArrowRight: () => moved({ x: shownWidth * panShare, y: 0 }),
    ArrowUp: () => moved({ x: 0, y: -shownHeight * panShare }),
    ArrowDown: () => moved({ x: 0, y: shownHeight * panShare }),
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!drag.current || event.buttons === 0) return;
    const scale = shownWidth / event.currentTarget.clientWidth;
    moved({
      x: (drag.current.x - event.clientX) * scale,
      y: (drag.current.y - event.clientY) * scale,
    });
    drag.current = { x: event.clientX, y: event.clientY };
  };
  const left = (width - shownWidth) / 2 + view.x;
  const top = (height - shownHeight) / 2 + view.y;
  return (
    <div className="map">
      <div className="map-zoom row">
        <Button label={t('zoom.in')} onPress={() => keys['+']?.()}>
          +
        </Button>
        <Button label={t('zoom.out')} onPress={() => keys['-']?.()}>
          −
        </Button>
        <Button onPress={() => setView(whole)}>{t('zoom.fit')}</Button>
      </div>
      <div
        ref={frame}
        className="map-frame"
        role="group"
        tabIndex={0}
        aria-label={t('frame')}
        onKeyDown={(event) => {
          const act = event.target === event.currentTarget ? keys[event.key] : undefined;
          if (!act) return;
          event.preventDefault();
          act();
        }}
        onPointerDown={(event) => (drag.current = { x: event.clientX, y: event.clientY })}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
      >
        <Picture
          {...{ drawing, chosen, onChoose }}
          viewBox={`${left} ${top} ${shownWidth} ${shownHeight}`}
        />
      </div>
    </div>
  );
};
