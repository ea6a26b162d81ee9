/** A metric in an expression, with the labels by which it is chosen. */
export interface Selected {
  readonly metric: string;
  readonly labels: readonly string[];
}

const withoutStrings = (expression: string): string =>
  expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');

/** What an expression of PromQL asks for of our processes: metrics and recorded series, with the labels in their braces. */
export const selectedIn = (expression: string): readonly Selected[] =>
  [
    ...withoutStrings(expression).matchAll(
      /\b((?:lbbus|nodejs|process)[_:][a-zA-Z0-9_:]*|up)\b(?:\{([^}]*)\})?/g,
    ),
  ].map(([, metric = '', braces = '']) => ({
    metric,
    labels: [...braces.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  }));

/** The labels that an expression groups by. */
export const groupedBy = (expression: string): readonly string[] =>
  [...withoutStrings(expression).matchAll(/\b(?:by|on|ignoring|without)\s*\(([^)]*)\)/g)]
    .flatMap(([, labels = '']) => labels.split(',').map((label) => label.trim()))
    .filter((label) => label !== '');
