import { useTranslation } from 'react-i18next';
import { Badge } from '../../parts/badge.tsx';
import { Moment } from '../../parts/figures.tsx';
import type { LineStanding } from './queries.ts';

const offWords = ({ connector }: LineStanding): string => (connector === null ? 'gone' : 'off');

/** How a line stands, in a word or two each. */
export const States = ({ line }: { readonly line: LineStanding }) => {
  const { t } = useTranslation('wachtend');
  const { hold, circuit, enabled, waiting } = line;
  return (
    <div className="row">
      {hold && <Badge tone="warn">{t('held')}</Badge>}
      {circuit && (
        <Badge tone={circuit.phase === 'open' ? 'bad' : 'busy'}>{t(circuit.phase)}</Badge>
      )}
      {!hold && !circuit && waiting > 0 && <Badge tone="busy">{t('waiting')}</Badge>}
      {!enabled && <Badge tone="idle">{t(offWords(line))}</Badge>}
    </div>
  );
};

const HoldWords = ({ hold }: { readonly hold: NonNullable<LineStanding['hold']> }) => {
  const { t } = useTranslation('wachtend');
  const who = hold.heldBy === 'bus' ? t('byBus') : hold.heldBy;
  return (
    <>
      <p>{hold.detail}</p>
      <p className="fine">
        {t('heldBy', { who })} <Moment at={hold.since} ago />
      </p>
    </>
  );
};

const CircuitWords = ({ circuit }: { readonly circuit: NonNullable<LineStanding['circuit']> }) => {
  const { t } = useTranslation('wachtend');
  if (circuit.phase === 'recovering') return <p>{t('recoveringWords')}</p>;
  return (
    <p>
      {t('circuitSince')} <Moment at={circuit.since} ago />
      {circuit.probeAt !== null && (
        <span className="fine">
          {' '}
          {t('probe')}: <Moment at={circuit.probeAt} ago />
        </span>
      )}
    </p>
  );
};

/** Why a line stands as it does, and until when. */
export const Why = ({ line }: { readonly line: LineStanding }) => {
  const { t } = useTranslation('wachtend');
  const { hold, circuit, reasons, nextAt, oldestAt } = line;
  return (
    <div className="why">
      {hold && <HoldWords hold={hold} />}
      {circuit && <CircuitWords circuit={circuit} />}
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ state, code, cause, messages }) => (
            <li key={`${state} ${code} ${cause}`}>
              <span className="fine">{messages} ×</span> <code>{code}</code> {cause}
            </li>
          ))}
        </ul>
      )}
      {nextAt !== null && (
        <p className="fine">
          {t('next')}: <Moment at={nextAt} ago />
        </p>
      )}
      {oldestAt !== null && (
        <p className="fine">
          {t('oldest')} <Moment at={oldestAt} ago />
        </p>
      )}
    </div>
  );
};
