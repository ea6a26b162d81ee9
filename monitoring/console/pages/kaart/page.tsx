import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing } from '../../../map/drawing.ts';
import { get, queryOf } from '../../api/ask.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/field.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Page as Frame } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Answer, Empty } from '../../parts/states.tsx';
import { TenantPicker } from '../../parts/tenant-picker.tsx';
import { saveJson, savePng, saveSvg } from './exports.ts';
import { FlowDetail } from './flow-detail.tsx';
import { FlowTable } from './flow-table.tsx';
import { MapView } from './view.tsx';
import './kaart.css';

const everyMs = 30_000;
/** Below it a drawing is too small to read: the rows come first. */
const narrow = '(max-width: 44rem)';

/** What the server draws the smallest senders as, together. */
const together = 'sender:…';

const useMap = (tenant: string) => {
  const { t } = useTranslation('kaart');
  return useQuery({
    queryKey: ['tenants', 'map', tenant],
    queryFn: ({ signal }) => get<Drawing>(`map${queryOf({ tenant })}`, signal),
    refetchInterval: everyMs,
    select: (drawing): Drawing => ({
      ...drawing,
      nodes: drawing.nodes.map((node) =>
        node.id === together ? { ...node, name: t('others') } : node,
      ),
    }),
  });
};

const picture = (): SVGElement | null => document.querySelector<SVGElement>('.map-picture');

const Saving = ({ drawing, drawn }: { readonly drawing: Drawing; readonly drawn: boolean }) => {
  const { t } = useTranslation('kaart');
  const withPicture = (act: (svg: SVGElement) => void) => (): void => {
    const svg = picture();
    if (svg) act(svg);
  };
  return (
    <>
      {drawn && (
        <>
          <Button onPress={withPicture((svg) => saveSvg(svg, drawing))}>SVG</Button>
          <Button onPress={withPicture((svg) => void savePng(svg, drawing))}>PNG</Button>
        </>
      )}
      <Button onPress={() => saveJson(drawing)}>JSON</Button>
      <Button onPress={() => globalThis.print()}>{t('print')}</Button>
    </>
  );
};

const Legend = () => {
  const { t } = useTranslation('kaart');
  return (
    <ul className="map-legend fine" aria-label={t('legend.name')}>
      {(['flow', 'attention', 'bad', 'untried', 'neighbour'] as const).map((kind) => (
        <li key={kind}>
          <i data-kind={kind} aria-hidden="true" /> {t(`legend.${kind}`)}
        </li>
      ))}
    </ul>
  );
};

/** Nothing but the bus itself. */
const isEmpty = ({ nodes }: Drawing): boolean => nodes.length <= 1;

const Map = ({ drawing, shown }: { readonly drawing: Drawing; readonly shown: string }) => {
  const { t } = useTranslation('kaart');
  const [chosen, setChosen] = useState<string | null>(null);
  const flow = drawing.flows.find(({ id }) => id === chosen);
  if (isEmpty(drawing)) return <Empty title={t('empty.title')}>{t('empty.words')}</Empty>;
  const choose = ({ id }: { readonly id: string }): void => setChosen(id === chosen ? null : id);
  return (
    <div className="map-page" data-detail={flow !== undefined}>
      <div className="map-main">
        {shown === 'rows' ? (
          <FlowTable drawing={drawing} onChoose={choose} />
        ) : (
          <MapView drawing={drawing} chosen={chosen} onChoose={choose} />
        )}
        {shown !== 'rows' && <Legend />}
        <p className="fine">
          {t('counted')} <Moment at={drawing.at} />
        </p>
      </div>
      {flow && <FlowDetail drawing={drawing} flow={flow} onClose={() => setChosen(null)} />}
    </div>
  );
};

/** Of which tenant the map is and how it is shown, as the address says; the only tenant where there is no choice. */
const useShown = () => {
  const { person } = useSession();
  const [place, change] = useQueryPlace();
  const [only] = person.tenants?.length === 1 ? person.tenants : [];
  const tenant = place['tenant'] ?? only ?? '';
  const shown = place['als'] ?? (matchMedia(narrow).matches ? 'rows' : 'map');
  return { tenant, shown, change };
};

/** Who is coupled to what over which interface, what goes over it and how it fares; of one tenant or of all. */
export const Page = () => {
  const { t } = useTranslation('kaart');
  const { tenant, shown, change } = useShown();
  const query = useMap(tenant);
  return (
    <Frame
      title={t('title')}
      lead={query.data?.tenant ? query.data.tenant.name : t('lead')}
      actions={
        query.data &&
        !isEmpty(query.data) && <Saving drawing={query.data} drawn={shown !== 'rows'} />
      }
    >
      <div className="filters map-filters">
        <TenantPicker value={tenant} onChange={(id) => change({ tenant: id })} />
        <Choice
          name={t('as.name')}
          value={shown}
          onChange={(als) => change({ als })}
          options={[
            { value: 'map', words: t('as.map') },
            { value: 'rows', words: t('as.rows') },
          ]}
        />
      </div>
      <Answer query={query}>{(drawing) => <Map drawing={drawing} shown={shown} />}</Answer>
    </Frame>
  );
};
