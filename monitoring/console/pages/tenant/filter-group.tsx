import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { combining, isGroup, newTest, simple, type Group, type Test } from './filter-parts.ts';

const TestLine = ({
  test,
  place,
  onChange,
  onRemove,
}: {
  readonly test: Test;
  readonly place: string;
  readonly onChange: (test: Test) => void;
  readonly onRemove: () => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <div className="filters" role="group" aria-label={t('filter.testAt', { place })}>
      <Field
        name={t('filter.attribute')}
        value={test.attribute}
        onChange={(attribute) => onChange({ ...test, attribute })}
      />
      <Choice
        name={t('filter.how')}
        value={test.dialect}
        onChange={(dialect) => onChange({ ...test, dialect })}
        options={simple.map((value) => ({ value, words: t(`filter.${value}`) }))}
      />
      <Field
        name={t('filter.wanted')}
        value={test.wanted}
        onChange={(wanted) => onChange({ ...test, wanted })}
      />
      <Button
        kind="quiet"
        label={t('filter.removeAt', { what: t('filter.testAt', { place }) })}
        onPress={onRemove}
      >
        {t('form.remove')}
      </Button>
    </div>
  );
};

/** Adds to a group; whoever hears the buttons hears to which. */
const Adding = ({
  place,
  onAdd,
  onRemove,
}: {
  readonly place: string;
  readonly onAdd: (part: Test | Group) => void;
  readonly onRemove: (() => void) | null;
}) => {
  const { t } = useTranslation('tenant');
  const at = (words: string): string =>
    place === '' ? words : t('filter.inGroup', { what: words, place });
  return (
    <div className="row">
      <Button kind="quiet" label={at(t('filter.add'))} onPress={() => onAdd(newTest)}>
        {t('filter.add')}
      </Button>
      <Button
        kind="quiet"
        label={at(t('filter.addGroup'))}
        onPress={() => onAdd({ how: 'any', parts: [newTest] })}
      >
        {t('filter.addGroup')}
      </Button>
      {onRemove && (
        <Button
          kind="quiet"
          label={t('filter.removeAt', { what: t('filter.groupAt', { place }) })}
          onPress={onRemove}
        >
          {t('filter.removeGroup')}
        </Button>
      )}
    </div>
  );
};

const Combining = ({
  group: { how, parts },
  onChange,
}: {
  readonly group: Group;
  readonly onChange: (group: Group) => void;
}) => {
  const { t } = useTranslation('tenant');
  return (
    <Choice
      name={t('filter.combine')}
      value={how}
      onChange={(value) => onChange({ how: combining.find((one) => one === value) ?? how, parts })}
      options={combining.map((value) => ({ value, words: t(`filter.${value}Of`) }))}
    />
  );
};

/** Where a part went away the keyboard goes on at its group, not at the top of the page. */
const useFocusAfterRemoval = (count: number) => {
  const group = useRef<HTMLFieldSetElement>(null);
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current) group.current?.focus();
    before.current = count;
  }, [count]);
  return group;
};

/** A group of a filter: how its parts hold together, each test and each group in it. */
export const FilterGroup = ({
  group,
  place = '',
  onChange,
  onRemove = null,
}: {
  readonly group: Group;
  /** `2.1`: the first part of the second; empty for the filter itself. */
  readonly place?: string;
  readonly onChange: (group: Group) => void;
  readonly onRemove?: (() => void) | null;
}) => {
  const { t } = useTranslation('tenant');
  const { how, parts } = group;
  const frame = useFocusAfterRemoval(parts.length);
  const placeOf = (index: number): string => `${place === '' ? '' : `${place}.`}${index + 1}`;
  const replace = (index: number) => (part: Test | Group) =>
    onChange({ how, parts: parts.map((one, at) => (at === index ? part : one)) });
  const remove = (index: number) => () =>
    onChange({ how, parts: parts.filter((_, at) => at !== index) });
  return (
    <fieldset className="form-group" ref={frame} tabIndex={-1}>
      <legend className="field-name">
        {place === '' ? t('filter.name') : t('filter.groupAt', { place })}
      </legend>
      {parts.length > 0 && <Combining group={group} onChange={onChange} />}
      {parts.map((part, index) =>
        isGroup(part) ? (
          <FilterGroup
            key={placeOf(index)}
            group={part}
            place={placeOf(index)}
            onChange={replace(index)}
            onRemove={remove(index)}
          />
        ) : (
          <TestLine
            key={placeOf(index)}
            test={part}
            place={placeOf(index)}
            onChange={replace(index)}
            onRemove={remove(index)}
          />
        ),
      )}
      <Adding
        place={place}
        onAdd={(part) => onChange({ how, parts: [...parts, part] })}
        onRemove={onRemove}
      />
    </fieldset>
  );
};
