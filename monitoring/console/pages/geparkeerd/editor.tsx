import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { asProblem, type ProblemPlace } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { JsonField, type Mark } from './json-field.tsx';
import { lineOf, patchBetween, readWritten } from './json-text.ts';
import type { Order, ParkedMessage } from './queries.ts';

const indented = (value: unknown): string => JSON.stringify(value, null, 2);

/** The server counts from the event; what is written here is its data. */
const inData = (pointer: string): string => pointer.replace(/^\/data(?=\/|$)/, '');

const marksOf = (places: readonly ProblemPlace[], value: unknown): Mark[] =>
  places.map(({ pointer, detail }) => ({
    line: lineOf(value, inData(pointer)),
    words: `${pointer} ${detail}`,
  }));

/**
 * Corrects a message: its data where it was read, else a merge patch of what is not seen. Where the server finds a rule that
 * is broken nothing has changed, and the place is marked.
 */
export const Editor = ({
  message,
  data,
  onClose,
}: {
  readonly message: ParkedMessage;
  readonly data: unknown;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  const navigate = useNavigate();
  const seen = data !== undefined;
  const [text, setText] = useState(indented(seen ? data : {}));
  const [places, setPlaces] = useState<readonly ProblemPlace[]>([]);
  const [asking, setAsking] = useState(false);
  const written = readWritten(text);
  const patch = seen && written.wrong === null ? patchBetween(data, written.value) : written.value;
  const nothing = patch === undefined || indented(patch) === '{}';
  const tidy = (): void => {
    if (written.wrong === null) setText(indented(written.value));
  };
  const replace = async (reason: string): Promise<void> => {
    const { tenant, target, id } = message;
    try {
      const order = await post<Order>(
        'edits',
        { tenant, target, message: id, reason, patch },
        { 'if-match': `"${message.digest ?? ''}"` },
      );
      await navigate({ to: '/geparkeerd', search: { order: order.id } as never });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.places.length === 0) throw error;
      tidy();
      setPlaces(problem.places);
    }
  };
  return (
    <div className="editor">
      <p>{t(seen ? 'edit.words' : 'edit.unseen')}</p>
      <JsonField
        name={t(seen ? 'edit.data' : 'edit.patch')}
        value={text}
        wrong={written.wrong}
        marks={marksOf(places, written.value)}
        onChange={(next) => {
          setText(next);
          setPlaces([]);
        }}
      />
      {seen && !nothing && (
        <div>
          <h3>{t('edit.preview')}</h3>
          <pre className="card json" tabIndex={0} aria-label={t('edit.preview')}>
            {indented(patch)}
          </pre>
        </div>
      )}
      <p className="fine">{t('edit.kept')}</p>
      <div className="row">
        <Button
          kind="main"
          disabled={written.wrong !== null || nothing}
          onPress={() => setAsking(true)}
        >
          {t('edit.replace')}
        </Button>
        <Button onPress={onClose}>{t('edit.stop')}</Button>
      </div>
      {asking && (
        <ReasonDialog
          title={t('edit.replace')}
          act={t('edit.replace')}
          onAct={replace}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
};
