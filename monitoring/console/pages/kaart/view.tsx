import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing, MapFlow } from '../../../map/drawing.ts';
import { Button } from '../../parts/button.tsx';
import { layOut } from './layout.ts';
import { Picture } from './picture.tsx';
import { keysOf, useDrag, useWheel, useZoom } from './zoom.ts';

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
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = layOut(drawing);
  const zoom = useZoom(width, height);
  const drag = useDrag(zoom);
  const keys = keysOf(zoom);
  useWheel(frame, zoom.zoomBy);
  return (
    <div className="map">
      <div className="map-zoom row">
        <Button label={t('zoom.in')} onPress={zoom.closer}>
          +
        </Button>
        <Button label={t('zoom.out')} onPress={zoom.farther}>
          −
        </Button>
        <Button onPress={zoom.fit}>{t('zoom.fit')}</Button>
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
        {...drag}
      >
        <Picture {...{ drawing, chosen, onChoose }} viewBox={zoom.viewBox} />
      </div>
    </div>
  );
};
