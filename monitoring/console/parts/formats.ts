type Options = Intl.NumberFormatOptions & Intl.DateTimeFormatOptions;

/** Making a format takes a hundred times as long as using it, and a page shows hundreds of numbers and moments. */
const keptBy = <F>(make: (language: string, options: Options) => F) => {
  const kept = new Map<string, F>();
  return (language: string, options: Options): F => {
    const key = `${language} ${JSON.stringify(options)}`;
    const format = kept.get(key) ?? make(language, options);
    kept.set(key, format);
    return format;
  };
};

const numbers = keptBy((language, options) => new Intl.NumberFormat(language, options));
const moments = keptBy((language, options) => new Intl.DateTimeFormat(language, options));

/** A number in the way of the language. */
export const numberText = (
  value: number,
  language: string,
  options: Intl.NumberFormatOptions = {},
): string => numbers(language, options).format(value);

/** A moment in the way of the language, by the clock of whoever looks. */
export const momentText = (
  moment: Date,
  language: string,
  options: Intl.DateTimeFormatOptions,
): string => moments(language, options).format(moment);
