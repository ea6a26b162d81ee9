import { useTranslation } from 'react-i18next';

const plain = { ns: 'instellingen', keySeparator: false, nsSeparator: false } as const;

/** What connectors say of themselves, in the language of the reader; in their own words where there are no others. */
export const useConnectorWords = () => {
  const { t } = useTranslation('instellingen');
  const said = (key: string, defaultValue: string): string => t(key, { ...plain, defaultValue });
  return {
    summaryOf: ({ id, summary }: { readonly id: string; readonly summary: string }): string =>
      said(id, summary),
    /** What goes over an interface, as the server names it. */
    carriedBy: (carries: string): string => said(`interface ${carries}`, carries),
    hintOf: (id: string, path: string, described: string): string =>
      said(`${id} ${path}`, described),
  };
};
