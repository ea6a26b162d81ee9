import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/ask.ts';
import { asProblem, type ProblemPlace } from '../../api/problem.ts';
import { Button } from '../../parts/button.tsx';
import { ReasonDialog } from '../../parts/dialog.tsx';
import { JsonField, type Mark } from './json-field.tsx';
import { lineOf, patchBetween, readWritten, type Written } from './json-text.ts';
import type { Order, ParkedMessage } from './queries.ts';

const indented = (value: unknown): string => JSON.stringify(value, null, 2);

/** The server counts from the event; what is written here is its data. */
const inData = (pointer: string): string => pointer.replace(/^\/data(?=\/|$)/, '');

const marksOf = (places: readonly ProblemPlace[], value: unknown): Mark[] =>
  places.map(({ pointer, detail }) => ({
    line: lineOf(value, inData(pointer)),
    words: `${pointer} ${detail}`,
  }));

/** The patch that the server is asked for: of data that was read only what differs. */
const patchOf = (data: unknown, written: Written): unknown =>
  data !== undefined && written.wrong === null ? patchBetween(data, written.value) : written.value;

/** What is written, and what it would change; `tidy` lays it out as the server counts its lines. */
const useWriting = (data: unknown) => {
  const [text, setText] = useState(indented(data === undefined ? {} : data));
  const written = readWritten(text);
  const patch = patchOf(data, written);
  const nothing = patch === undefined || indented(patch) === '{}';
  const tidy = (): void => {
    if (written.wrong === null) setText(indented(written.value));
  };
  return { text, setText, written, patch, nothing, tidy };
};

/** Puts a corrected copy in the place of a message; `onBroken` is told the places where it breaks a rule. */
const useReplace = (
  { tenant, target, id, digest }: ParkedMessage,
  onBroken: (places: readonly ProblemPlace[]) => void,
) => {
  const navigate = useNavigate();
  return async (patch: unknown, reason: string): Promise<void> => {
    try {
      const order = await post<Order>(
        'edits',
        { tenant, target, message: id, reason, patch },
        { 'if-match': `"${digest ?? ''}"` },
      );
      await navigate({ to: '/geparkeerd', search: { order: order.id } });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.places.length === 0) throw error;
      onBroken(problem.places);
    }
  };
};

const Preview = ({ patch }: { readonly patch: unknown }) => {
  const { t } = useTranslation('geparkeerd');
  return (
    <div>
      <h3>{t('edit.preview')}</h3>
      <pre className="card json" tabIndex={0} aria-label={t('edit.preview')}>
        {indented(patch)}
      </pre>
    </div>
  );
};

/** Replaces the message once a reason is given, or stops. */
const EditorActs = ({
  ready,
  onReplace,
  onClose,
}: {
  readonly ready: boolean;
  readonly onReplace: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('geparkeerd');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <div className="row">
        <Button kind="main" disabled={!ready} onPress={() => setAsking(true)}>
          {t('edit.replace')}
        </Button>
        <Button onPress={onClose}>{t('edit.stop')}</Button>
      </div>
      {asking && (
        <ReasonDialog
          title={t('edit.replace')}
          act={t('edit.replace')}
          onAct={onReplace}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
};

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
  const seen = data !== undefined;
  const { text, setText, written, patch, nothing, tidy } = useWriting(data);
  const [places, setPlaces] = useState<readonly ProblemPlace[]>([]);
  const replace = useReplace(message, (broken) => {
    tidy();
    setPlaces(broken);
  });
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
      {seen && !nothing && <Preview patch={patch} />}
      <p className="fine">{t('edit.kept')}</p>
      <EditorActs
        ready={written.wrong === null && !nothing}
        onReplace={(reason) => replace(patch, reason)}
        onClose={onClose}
      />
    </div>
  );
};
