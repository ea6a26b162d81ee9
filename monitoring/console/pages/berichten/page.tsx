import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from '../../../messages/search.ts';
import { Button } from '../../parts/button.tsx';
import { Moment } from '../../parts/figures.tsx';
import { Page as Frame } from '../../parts/page.tsx';
import { useQueryPlace } from '../../parts/place.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { FilterFields } from './filters.tsx';
import { FoundTable } from './found-table.tsx';
import { useFound, useTypeName, type Filters } from './queries.ts';
import { useTypedText } from './typed-text.ts';
import './berichten.css';

const longestText = 2_048;

/** One line for whatever one knows of a message. */
const SearchLine = ({
  text,
  onSearch,
}: {
  readonly text: string;
  readonly onSearch: (text: string) => void;
}) => {
  const { t } = useTranslation('berichten');
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  return (
    <form
      className="search-line"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim());
      }}
    >
      <div className="field">
        <label className="field-name" htmlFor="search-text">
          {t('search.name')}
        </label>
        <input
          id="search-text"
          type="search"
          maxLength={longestText}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          aria-describedby="search-hint"
          onChange={({ target }) => setTyped(target.value)}
        />
        <span id="search-hint" className="field-words">
          {t('search.hint')}
        </span>
      </div>
      <button type="submit" className="button" data-kind="main">
        {t('search.act')}
      </button>
    </form>
  );
};

/** Says what the typed words were taken for, so that nobody wonders. */
const Understood = ({ understood }: Pick<Found, 'understood'>) => {
  const { t, i18n } = useTranslation('berichten');
  const nameOf = useTypeName();
  const { tenant, type, status, key } = understood;
  const parts = [
    ...(tenant === undefined ? [] : [`${t('parts:tenant')}: ${tenant}`]),
    ...(type === undefined ? [] : [`${t('filters.type')}: ${nameOf(type, i18n.language)}`]),
    ...(status === undefined ? [] : [`${t('filters.status')}: ${t(`parts:statuses.${status}`)}`]),
    ...(key === undefined ? [] : [`${t('key')}: ${key}`]),
  ];
  return parts.length === 0 ? null : (
    <p className="fine understood">{t('understood', { what: parts.join(' · ') })}</p>
  );
};

interface More {
  readonly load: () => void;
  readonly busy: boolean;
  readonly words: string;
}

/** Nothing was found: in all that there is, or in what was looked through so far. */
const NothingFound = ({ more, asked }: { readonly more: More | null; readonly asked: boolean }) => {
  const { t } = useTranslation('berichten');
  if (!asked && !more) return <Empty title={t('empty.title')}>{t('empty.words')}</Empty>;
  return (
    <Empty title={t(more ? 'noneYet' : 'none.title')}>
      {more ? (
        <Button onPress={more.load} busy={more.busy}>
          {more.words}
        </Button>
      ) : (
        <p>{t('none.words')}</p>
      )}
    </Empty>
  );
};

/** What was found, or that it is nothing; with how it was understood. */
const FoundPages = ({
  pages,
  more,
  asked,
}: {
  readonly pages: readonly Found[];
  readonly more: More | null;
  /** Whether anything narrows what is looked for. */
  readonly asked: boolean;
}) => {
  const nothing = pages.every(({ messages }) => messages.length === 0);
  return (
    <>
      {pages[0] && <Understood understood={pages[0].understood} />}
      {nothing ? <NothingFound {...{ more, asked }} /> : <FoundTable pages={pages} more={more} />}
    </>
  );
};

const LookedBack = ({ to }: { readonly to: string | null }) => {
  const { t } = useTranslation('berichten');
  return to === null ? null : (
    <p className="fine">
      {t('lookedBackTo')} <Moment at={to} />
    </p>
  );
};

const isAsked = (filters: Filters, text: string): boolean =>
  text !== '' || Object.values(filters).some((value) => value !== undefined);

const Results = ({ filters, text }: { readonly filters: Filters; readonly text: string }) => {
  const { t } = useTranslation('berichten');
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useFound(
    filters,
    text,
  );
  if (!data) return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />;
  const load = (): void => void fetchNextPage();
  const lookedBackTo = data.pages.at(-1)?.lookedBackTo ?? null;
  const words = t(lookedBackTo === null ? 'parts:more' : 'lookOn');
  return (
    <div aria-live="polite">
      {error && <Failed error={error} again={() => void refetch()} />}
      <FoundPages
        asked={isAsked(filters, text)}
        pages={data.pages}
        more={hasNextPage ? { load, busy: isFetchingNextPage, words } : null}
      />
      <LookedBack to={lookedBackTo} />
    </div>
  );
};

/** Every message of years, found by whatever one knows of it. */
export const Page = () => {
  const { t } = useTranslation('berichten');
  const [place, change] = useQueryPlace();
  const [text, search] = useTypedText();
  const { tenant, status, type, target, outcome, since, until } = place;
  const filters: Filters = { tenant, status, type, target, outcome, since, until };
  return (
    <Frame title={t('title')} lead={t('lead')}>
      <SearchLine text={text} onSearch={search} />
      <FilterFields filters={filters} onChange={change} />
      <Results filters={filters} text={text} />
    </Frame>
  );
};
